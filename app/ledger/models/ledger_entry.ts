import { LedgerEntrySchema } from '#database/schema'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { AccountKind } from '#ledger/accounts'

export default class LedgerEntry extends LedgerEntrySchema {
  static table = 'ledger_entries'

  declare accountKind: AccountKind
  declare currency: Currency

  get money() {
    return Money.of(this.amount, this.currency)
  }
}
