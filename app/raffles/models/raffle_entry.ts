import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { RaffleEntrySchema } from '#database/schema'
import { Money } from '#core/money/money'
import Raffle from '#raffles/models/raffle'
import { OPEN_ENTRIES, type EntrySource, type EntryStatus } from '#raffles/values'

/** A customer's wish to be in the raffle, and what came of it. */
export default class RaffleEntry extends RaffleEntrySchema {
  static table = 'raffle_entries'

  declare status: EntryStatus
  declare source: EntrySource

  @belongsTo(() => Raffle)
  declare raffle: BelongsTo<typeof Raffle>

  get isOpen() {
    return OPEN_ENTRIES.includes(this.status)
  }

  get money() {
    return Money.of(this.fee, 'USDT')
  }
}
