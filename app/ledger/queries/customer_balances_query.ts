import { type Currency, CURRENCIES } from '#core/money/currency'
import { Money } from '#core/money/money'
import LedgerAccount from '#ledger/models/ledger_account'

/** What a customer has in one currency. */
export interface CustomerBalance {
  currency: Currency
  /** Can be spent, and withdrawn where that is possible. */
  wallet: Money
  /** Can be spent only; PRED. */
  granted: Money
  held: Money
  /** In the customer's wallet on the chain; USDT. */
  custody: Money
  /** Owed by the customer, as an amount below zero. */
  receivable: Money
  /** Granted points that are owed, as an amount below zero; PRED. */
  owedGranted: Money
}

/** Balances of a customer, for each currency that they ever had, in the order of the currencies. */
export class CustomerBalancesQuery {
  async run(customerId: number): Promise<CustomerBalance[]> {
    const accounts = await LedgerAccount.query().where('customer_id', customerId)
    return (Object.keys(CURRENCIES) as Currency[])
      .filter((currency) => accounts.some((account) => account.currency === currency))
      .map((currency) => {
        const of = (kind: LedgerAccount['kind']) =>
          accounts.find((account) => account.currency === currency && account.kind === kind)?.money ??
          Money.zero(currency)
        return {
          currency,
          wallet: of('wallet'),
          granted: of('granted'),
          held: of('held'),
          custody: of('custody'),
          receivable: of('receivable'),
          owedGranted: of('owed_granted'),
        }
      })
  }
}
