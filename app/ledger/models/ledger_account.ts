import { LedgerAccountSchema } from '#database/schema'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { AccountKind } from '#ledger/accounts'

export default class LedgerAccount extends LedgerAccountSchema {
  static table = 'ledger_accounts'

  declare kind: AccountKind
  declare currency: Currency

  get money() {
    return Money.of(this.balance, this.currency)
  }
}
