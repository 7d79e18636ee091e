import { inject } from '@adonisjs/core'
import { rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { CurrencyMismatch, Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { granted, wallet, type AccountRef } from '#ledger/accounts'
import { lockAccounts } from '#ledger/posting/account_locks'
import { Poster } from '#ledger/posting/poster'
import { insufficientFunds } from '#ledger/posting/refusals'
import type { Posted, Posting, TransferInput } from '#ledger/transfer_input'

export interface SpendInput extends Omit<TransferInput, 'postings' | 'corrects'> {
  customerId: number
  /** PRED. */
  amount: Money
  to: AccountRef
}

/** How much of what was spent had been given for nothing and how much had been bought. */
export interface Spent extends Posted {
  granted: Money
  bought: Money
}

/** Spends PRED: granted points first, then bought ones. */
@inject()
export class Spender {
  constructor(private poster: Poster) {}

  async spend(trx: Trx, { customerId, amount, to, ...transfer }: SpendInput): Promise<Result<Spent>> {
    if (amount.currency !== 'PRED') throw new CurrencyMismatch(`Granted points can't pay ${amount.currency}`)
    const purse = [granted(customerId), wallet(customerId, 'PRED')]
    const locked = await lockAccounts(trx, [...purse, to])
    const balances = purse.map(({ code }) => locked.get(code)?.balance ?? 0n)
    const first = await this.#firstResult(trx, transfer.key, purse)
    if (first && !first[0].add(first[1]).equals(amount)) return refuse('idempotency_conflict')
    const [free, bought] = first ?? split(amount, balances[0])
    if (!first && bought.minor > balances[1]) {
      return insufficientFunds(Money.of(balances[0] + balances[1], 'PRED'), amount)
    }
    const postings: Posting[] = [
      { from: purse[0], to, amount: free },
      { from: purse[1], to, amount: bought },
    ].filter((posting) => !posting.amount.isZero)
    const content = ['spend', customerId, String(amount.minor), to.code]
    const posted = await this.poster.post(trx, { ...transfer, postings }, content)
    return posted.ok ? ok({ ...posted.value, granted: free, bought }) : posted
  }

  /** The split that this key was given before: balances have changed since. */
  async #firstResult(trx: Trx, key: string, purse: AccountRef[]): Promise<[Money, Money] | null> {
    const rows = rowsOf<{ code: string; amount: number }>(
      await trx.rawQuery(
        `SELECT a.code, e.amount FROM ledger_transfers t JOIN ledger_entries e ON e.transfer_id = t.id
         JOIN ledger_accounts a ON a.id = e.account_id WHERE t.idempotency_key = ? AND a.code IN (?, ?)`,
        [key, ...purse.map(({ code }) => code)]
      )
    )
    if (rows.length === 0) return null
    const taken = ({ code }: AccountRef) => -BigInt(rows.find((row) => row.code === code)?.amount ?? 0)
    return [Money.of(taken(purse[0]), 'PRED'), Money.of(taken(purse[1]), 'PRED')]
  }
}

function split(amount: Money, free: bigint): [Money, Money] {
  const taken = free < amount.minor ? free : amount.minor
  return [Money.of(taken, 'PRED'), Money.of(amount.minor - taken, 'PRED')]
}
