import { column } from '@adonisjs/lucid/orm'
import { BettorSchema } from '#database/schema'
import type { Rank } from '#markets/bettors/ranks'

/** What a customer's bets add up to. */
export default class Bettor extends BettorSchema {
  static table = 'bettors'

  @column({ isPrimary: true })
  declare customerId: number

  declare rank: Rank

  /** Of settled bets, in minor units. */
  get profit() {
    return this.returned - this.volume
  }
}
