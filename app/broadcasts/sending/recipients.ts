import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { BroadcastRow } from '#core/contracts/broadcast_content'
import { Settings } from '#core/contracts/settings'
import { CAP_MOMENT, COUNTS_FOR_CAP } from '#broadcasts/audience/exclusions'
import { VALUE_COLUMNS, type ValueRow } from '#broadcasts/content/values_of'
import { startOfDay } from '#broadcasts/schedule/wall_clock'
import { dailyCap, defaultTimeZone } from '#broadcasts/settings'
import type { Language } from '#customers/languages'

export interface Recipient extends ValueRow {
  language: Language
  time_zone: string
  banned_at: number | null
  unreachable_at: number | null
  anonymised_at: number | null
  optedOut: Set<string>
  /** Broadcasts sent to them today, on their own clock; 0 without a cap. */
  today: number
}

/** What must be known of the customers of a claim, in three statements at most. */
@inject()
export class Recipients {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async load(rows: BroadcastRow[]): Promise<Map<number, Recipient>> {
    const ids = [...new Set(rows.flatMap(({ customerId }) => customerId ?? []))]
    if (ids.length === 0) return new Map()
    const fallbackZone = await this.settings.get(defaultTimeZone)
    const customers = await db
      .from('customers')
      .whereIn('id', ids)
      .select(...VALUE_COLUMNS, 'time_zone', 'banned_at', 'unreachable_at', 'anonymised_at')
    const optOuts = await db.from('customer_opt_outs').whereIn('customer_id', ids).select('customer_id', 'category')
    const recipients = customers.map((row): Recipient => ({
      ...row,
      time_zone: row.time_zone ?? fallbackZone,
      optedOut: new Set(optOuts.filter((one) => one.customer_id === row.id).map((one) => one.category)),
      today: 0,
    }))
    if ((await this.settings.get(dailyCap)) > 0) await this.#countToday(recipients, rows)
    return new Map(recipients.map((recipient) => [recipient.id, recipient]))
  }

  /** Rows of the claim itself are in hand already and don't count. */
  async #countToday(recipients: Recipient[], rows: BroadcastRow[]) {
    const now = this.clock.now()
    const starts = new Map(recipients.map(({ id, time_zone }) => [id, startOfDay(now, time_zone)]))
    const attempts = await db
      .from('notifications')
      .whereIn('customer_id', [...starts.keys()])
      .whereNotIn(
        'id',
        rows.map(({ id }) => id)
      )
      .whereRaw(`${CAP_MOMENT} >= ?`, [Math.min(...starts.values())])
      .whereRaw(COUNTS_FOR_CAP)
      .select('customer_id', db.raw(`${CAP_MOMENT} AS moment`))
    for (const recipient of recipients) {
      recipient.today = attempts.filter(
        (one) => one.customer_id === recipient.id && Number(one.moment) >= starts.get(recipient.id)!
      ).length
    }
  }
}
