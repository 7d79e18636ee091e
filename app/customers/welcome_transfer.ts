import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { minorUnits } from '#core/money/currency'
import { Money } from '#core/money/money'
import { granted, system } from '#ledger/accounts'
import type { TransferInput } from '#ledger/transfer_input'

/** `points`: whole PRED. */
export function welcomeTransfer(customerId: number, points: number): TransferInput {
  const amount = Money.of(BigInt(points) * minorUnits('PRED'), 'PRED')
  return {
    kind: 'grant',
    key: `customer:${customerId}:welcome`,
    postings: [{ from: system('issuance', 'PRED'), to: granted(customerId), amount }],
    reference: { type: 'welcome', id: customerId },
    actor: SYSTEM_ACTOR,
  }
}
