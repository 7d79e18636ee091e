import type LedgerAccount from '#ledger/models/ledger_account'
import LedgerEntry from '#ledger/models/ledger_entry'
import { Money } from '#core/money/money'

/** The time machine: what an account held at any past moment, by its index. */
export class BalanceAtQuery {
  async run({ id, currency }: Pick<LedgerAccount, 'id' | 'currency'>, moment: number): Promise<Money> {
    const last = await LedgerEntry.query()
      .where('account_id', id)
      .where('created_at', '<=', moment)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .first()
    return Money.of(last?.balance ?? 0n, currency)
  }
}
