import type { Trx } from '#core/database/transaction'

/** What else follows when somebody who was invited bets or buys for the first time, in the transaction of that. */
export type ReferralListener = (trx: Trx, referrerId: number) => Promise<void>

/** Registry; rooms that this one can't know of register when they boot. */
export class ReferralListeners {
  readonly #listeners: ReferralListener[] = []

  register(listener: ReferralListener) {
    this.#listeners.push(listener)
  }

  async tell(trx: Trx, referrerId: number) {
    for (const listener of this.#listeners) await listener(trx, referrerId)
  }
}
