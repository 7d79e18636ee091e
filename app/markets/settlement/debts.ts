import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import { granted, owedGranted, receivable, wallet, type AccountRef } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'

/** Points come in two sorts that never mix; a debt of each is paid by what bets bring of the same. */
export const PURSES = [
  { name: 'granted', purse: granted, debt: owedGranted },
  { name: 'bought', purse: (id: number) => wallet(id, 'PRED'), debt: (id: number) => receivable(id, 'PRED') },
] as const

/** Balances of many accounts, as they change while transfers are put together. */
export class Balances {
  constructor(private balances: Map<string, bigint>) {}

  of({ code }: AccountRef) {
    return this.balances.get(code) ?? 0n
  }

  /** Takes up to so much of what is there and answers how much that was. */
  take(account: AccountRef, amount: bigint) {
    const there = this.of(account)
    const taken = there < amount ? there : amount
    this.balances.set(account.code, there - taken)
    return taken
  }

  /** Pays up to so much of a debt and answers how much that was. */
  payOff(account: AccountRef, amount: bigint) {
    const debt = -this.of(account)
    const paid = debt < amount ? debt : amount
    this.balances.set(account.code, paid - debt)
    return paid
  }
}

/** What customers have of points, and what they owe of them. */
@inject()
export class CustomerBalances {
  constructor(private ledger: Ledger) {}

  /**
   * Debts only. Whoever changes them holds the row of the bettor, as the caller must; so they need no lock, which
   * would be taken out of order.
   */
  async debts(trx: Trx, customerIds: readonly number[]) {
    const rows = await trx
      .from('ledger_accounts')
      .whereIn('customer_id', [...new Set(customerIds)])
      .where('currency', 'PRED')
      .whereIn('kind', ['receivable', 'owed_granted'])
      .where('balance', '<', 0)
      .select('code', 'balance')
    return new Balances(new Map(rows.map(({ code, balance }) => [code, BigInt(balance)])))
  }

  /** What they could give back: locked, together with the accounts that it goes to. */
  async locked(trx: Trx, customerIds: readonly number[], others: readonly AccountRef[]) {
    const own = [...new Set(customerIds)].flatMap((id) => PURSES.flatMap(({ purse, debt }) => [purse(id), debt(id)]))
    return new Balances(await this.ledger.lockBalances(trx, [...own, ...others]))
  }
}
