import { inject } from '@adonisjs/core'
import { rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import type { Result } from '#core/result'
import type { AccountRef } from '#ledger/accounts'
import { Holds, type ReserveInput, type SettleInput, type VoidInput } from '#ledger/holds/holds'
import type LedgerHold from '#ledger/models/ledger_hold'
import { lockAccounts } from '#ledger/posting/account_locks'
import { PostAll } from '#ledger/posting/post_all'
import { Poster } from '#ledger/posting/poster'
import { Spender, type SpendInput, type Spent } from '#ledger/posting/spender'
import type { Posted, TransferInput } from '#ledger/transfer_input'

export type Hold = LedgerHold

/** A transaction, or the database service itself. */
interface Queryable {
  rawQuery(sql: string, bindings?: any[]): PromiseLike<any>
}

/**
 * The only writer of money. Everything happens in the caller's transaction, together with what it is for, and may be
 * repeated: the same idempotency key with the same content answers with the first result and moves nothing; with
 * other content it refuses `idempotency_conflict`. Wrong use (mixed currencies, nothing to move) throws.
 *
 * Take locks of your own rows first: accounts are locked here, in the order of their ids.
 */
@inject()
export class Ledger {
  constructor(
    private poster: Poster,
    private postAll: PostAll,
    private holds: Holds,
    private spender: Spender
  ) {}

  /**
   * Moves money between accounts, opening those that don't exist yet. Refuses `insufficient_funds {currency,
   * available, needed}` when a customer's account would fall below zero, `balance_limit {currency}` when a balance
   * would pass 2^53-1 minor units or more would be paid back than is owed, `already_reversed` when it corrects what
   * was reversed.
   */
  transfer(trx: Trx, input: TransferInput): Promise<Result<Posted>> {
    return this.poster.post(trx, input)
  }

  /**
   * Many transfers at once, as if one after another in the order given: for settlements of thousands of bets. Answers in
   * the same order. A refusal is that of the first transfer that can't be posted; the caller must roll back then, since
   * others may have been written.
   */
  transferAll(trx: Trx, inputs: readonly TransferInput[]): Promise<Result<Posted[]>> {
    return this.postAll.post(trx, inputs)
  }

  /** Spends PRED of a customer, granted before bought, and tells how much was which. Refuses as a transfer does. */
  spend(trx: Trx, input: SpendInput): Promise<Result<Spent>> {
    return this.spender.spend(trx, input)
  }

  /** First phase: takes the money out of the wallet and keeps it. Refuses as a transfer does. */
  reserve(trx: Trx, input: ReserveInput): Promise<Result<Hold>> {
    return this.holds.reserve(trx, input)
  }

  /**
   * Second phase, all of it: to one account or in shares. Refuses `hold_not_found`, `hold_closed {status}` when it was
   * closed by another key. A part can't be settled: shares that don't add up throw.
   */
  settleHold(trx: Trx, input: SettleInput): Promise<Result<Posted>> {
    return this.holds.settle(trx, input)
  }

  /** Second phase, given back to the wallet. Refuses as `settleHold` does. */
  voidHold(trx: Trx, input: VoidInput): Promise<Result<Posted>> {
    return this.holds.void(trx, input)
  }

  /**
   * The outside world is about to be asked: from here on only the outcome closes the hold, no clock. Refuses
   * `hold_not_found`, `hold_closed {status}` or `hold_expired`. Started twice is started once.
   */
  startHoldEffect(trx: Trx, holdId: number): Promise<Result<Hold>> {
    return this.holds.startEffect(trx, holdId)
  }

  /** What accounts hold, by code, locked in the order of their ids until the transaction ends; 0 of those not opened. */
  async lockBalances(trx: Trx, accounts: readonly AccountRef[]): Promise<Map<string, bigint>> {
    const locked = await lockAccounts(trx, accounts)
    return new Map(accounts.map(({ code }) => [code, locked.get(code)?.balance ?? 0n]))
  }

  /** What an account holds now; zero when nothing ever reached it. */
  async balance(client: Queryable, account: AccountRef): Promise<Money> {
    const [row] = rowsOf<{ balance: number }>(
      await client.rawQuery('SELECT balance FROM ledger_accounts WHERE code = ?', [account.code])
    )
    return Money.of(BigInt(row?.balance ?? 0), account.currency)
  }
}
