import { RaffleSchema } from '#database/schema'
import { Money } from '#core/money/money'
import type { RaffleStatus } from '#raffles/values'

/** A round of the raffle's contract, as its confirmed events tell it. */
export default class Raffle extends RaffleSchema {
  static table = 'raffles'

  declare status: RaffleStatus

  get fee() {
    return Money.of(this.entranceFee, 'USDT')
  }

  get poolMoney() {
    return Money.of(this.pool, 'USDT')
  }

  get prizeMoney() {
    return this.prize === null ? null : Money.of(this.prize, 'USDT')
  }
}
