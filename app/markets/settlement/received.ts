import type { Trx } from '#core/database/transaction'
import type { AccountKind } from '#ledger/accounts'
import type { Received } from '#markets/settlement/bet_transfers'
import type { BetRow } from '#markets/settlement/settled_rows'

const PART: Partial<Record<AccountKind, keyof Received>> = {
  granted: 'granted',
  wallet: 'bought',
  owed_granted: 'paidGranted',
  receivable: 'paidBought',
}

/** What each settlement's transfer gave to its customer, as the ledger has it: by the transfer. */
export async function receivedBy(trx: Trx, bets: readonly BetRow[]): Promise<Map<number, Received>> {
  const rows = await trx
    .from('ledger_entries')
    .whereIn(
      'transfer_id',
      bets.map(({ settlementTransferId }) => settlementTransferId!)
    )
    .whereIn('account_kind', Object.keys(PART))
    .select('transfer_id', 'account_kind', 'amount')
  const received = new Map<number, Received>()
  for (const { transfer_id: id, account_kind: kind, amount } of rows) {
    const sums = received.get(id) ?? { granted: 0n, bought: 0n, paidGranted: 0n, paidBought: 0n }
    sums[PART[kind as AccountKind]!] += BigInt(amount)
    received.set(id, sums)
  }
  return received
}
