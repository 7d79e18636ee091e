import { RaffleEntrySchema } from '#database/schema'
import { Money } from '#core/money/money'
import type { EntrySource, EntryStatus } from '#raffles/values'

/** A customer's wish to be in the raffle, and what came of it. */
export default class RaffleEntry extends RaffleEntrySchema {
  static table = 'raffle_entries'

  declare status: EntryStatus
  declare source: EntrySource

  get money() {
    return Money.of(this.fee, 'USDT')
  }
}
