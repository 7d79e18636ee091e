import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { BroadcastSchema } from '#database/schema'
import type { Language } from '#customers/languages'
import type { NewsCategory } from '#customers/news_categories'
import type { Audience } from '#broadcasts/audience'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'
import type { BroadcastRun, BroadcastStatus, Recurrence, ScheduleMode, Variant } from '#broadcasts/values'

/** One message to many customers. */
export default class Broadcast extends BroadcastSchema {
  static table = 'broadcasts'

  declare status: BroadcastStatus
  declare category: NewsCategory
  declare audience: Audience
  declare defaultLocale: Language
  declare scheduleMode: ScheduleMode | null
  declare recurrence: Recurrence
  declare abWinner: Variant | null
  declare run: BroadcastRun | null

  /** Variants of every version. */
  @hasMany(() => BroadcastVariant)
  declare variants: HasMany<typeof BroadcastVariant>

  get isTest() {
    return this.abShare !== null
  }

  /** The sample has been served and those outside of it wait for an admin's choice. */
  get awaitsWinner() {
    const isSampled = this.abShare !== null && this.abShare < 100
    return isSampled && this.abWinner === null && this.run === 'send' && this.fannedOutAt !== null
  }

  get quietHours() {
    return this.quietFrom && this.quietTo ? { from: this.quietFrom, to: this.quietTo } : null
  }
}
