import { LedgerHoldSchema } from '#database/schema'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { TransferKind } from '#ledger/transfer_kinds'

/** `voided`: given back on purpose; `failed`: because what it was for went wrong; `expired`: because nobody came. */
export const HOLD_STATUSES = ['open', 'settled', 'voided', 'failed', 'expired'] as const
export type HoldStatus = (typeof HOLD_STATUSES)[number]

/** Money of a customer that is reserved until it is known what becomes of it. */
export default class LedgerHold extends LedgerHoldSchema {
  static table = 'ledger_holds'

  declare status: HoldStatus
  declare currency: Currency
  declare kind: TransferKind

  get money() {
    return Money.of(this.amount, this.currency)
  }

  get reference() {
    return this.referenceType ? { type: this.referenceType, id: this.referenceId! } : null
  }

  isDue(now: number) {
    return this.effectStartedAt === null && this.expiresAt !== null && this.expiresAt <= now
  }
}
