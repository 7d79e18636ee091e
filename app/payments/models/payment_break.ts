import { PaymentBreakSchema } from '#database/schema'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { BreakKind, BreakStatus, ProviderName, Resolution } from '#payments/values'

/** A payment that does not fit, until a person has settled it. */
export default class PaymentBreak extends PaymentBreakSchema {
  static table = 'payment_breaks'

  declare kind: BreakKind
  declare status: BreakStatus
  declare provider: ProviderName
  declare currency: Currency | null
  declare suggestion: Resolution
  declare resolution: Resolution | null
  declare detail: Record<string, string | number> | null

  /** What waits in the suspense account; null when what came is no currency of ours. */
  get money() {
    return this.amount === null || this.currency === null ? null : Money.of(this.amount, this.currency)
  }
}
