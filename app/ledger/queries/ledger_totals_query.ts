import { setImmediate as breathe } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import { type Currency, CURRENCIES } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { AccountKind } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'

/** Accounts of one statement: SQLite answers nobody else meanwhile. */
const WINDOW = 50_000

const KINDS_OF_CUSTOMERS = [
  'wallet',
  'granted',
  'held',
  'custody',
  'receivable',
  'owed_granted',
] as const satisfies readonly AccountKind[]

export interface KindTotal {
  kind: (typeof KINDS_OF_CUSTOMERS)[number]
  total: Money
  accounts: number
}

export interface CurrencyTotals {
  currency: Currency
  /** What customers have, and owe, by kind of account. */
  customers: KindTotal[]
  customersTotal: Money
  systems: LedgerAccount[]
  systemsTotal: Money
}

/** What customers and the house have in each currency: the two sums are opposite. */
export class LedgerTotalsQuery {
  async run(): Promise<CurrencyTotals[]> {
    const systems = await LedgerAccount.query().where('kind', 'system').whereIn('currency', CODES).orderBy('name')
    const customers = await this.#customers()
    return CODES.filter((currency) => systems.some((account) => account.currency === currency)).map((currency) => {
      const own = systems.filter((account) => account.currency === currency)
      const kinds = KINDS_OF_CUSTOMERS.map((kind) => customers.get(`${currency}:${kind}`) ?? empty(kind, currency))
      return {
        currency,
        customers: kinds.filter(({ accounts }) => accounts > 0),
        customersTotal: kinds.reduce((sum, { total }) => sum.add(total), Money.zero(currency)),
        systems: own,
        systemsTotal: own.reduce((sum, { money }) => sum.add(money), Money.zero(currency)),
      }
    })
  }

  async #customers() {
    const totals = new Map<string, KindTotal>()
    const newest = await db.from('ledger_accounts').max('id as id').first()
    for (let after = 0; after < (newest?.id ?? 0); after += WINDOW) {
      for (const { currency, kind, total, accounts } of await this.#window(after)) {
        const sum = totals.get(`${currency}:${kind}`) ?? empty(kind, currency)
        sum.total = sum.total.add(Money.of(BigInt(total), currency))
        sum.accounts += Number(accounts)
        totals.set(`${currency}:${kind}`, sum)
      }
      await breathe()
    }
    return totals
  }

  async #window(after: number) {
    return rowsOf<{ currency: Currency; kind: KindTotal['kind']; total: string; accounts: number }>(
      await db.rawQuery(
        `SELECT currency, kind, CAST(SUM(balance) AS text) AS total, COUNT(*) AS accounts FROM ledger_accounts
         WHERE id > ? AND id <= ? AND kind <> 'system' GROUP BY currency, kind`,
        [after, after + WINDOW]
      )
    )
  }
}

const CODES = Object.keys(CURRENCIES) as Currency[]

const empty = (kind: KindTotal['kind'], currency: Currency): KindTotal => ({
  kind,
  total: Money.zero(currency),
  accounts: 0,
})
