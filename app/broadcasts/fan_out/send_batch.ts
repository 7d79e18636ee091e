import { inject } from '@adonisjs/core'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { affectedRows } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { PRIORITIES } from '#notifications/outbox/priorities'
import { audienceQuery, type IdRange } from '#broadcasts/audience/audience_query'
import { capRule } from '#broadcasts/audience/daily_cap'
import { excludeFrom, type ExclusionRules } from '#broadcasts/audience/exclusions'
import { byZone, literal, type Sql } from '#broadcasts/audience/sql'
import { zonesIn } from '#broadcasts/audience/zones'
import { sampleSql, variantSql } from '#broadcasts/fan_out/variant_split'
import type Broadcast from '#broadcasts/models/broadcast'
import type { CounterDelta } from '#broadcasts/outcomes/counters'
import { deliveryTime, isZoneless } from '#broadcasts/schedule/delivery_time'
import { dailyCap, defaultTimeZone } from '#broadcasts/settings'
import { VARIANTS } from '#broadcasts/values'

type Recipients = DatabaseQueryBuilderContract<any>

export interface SendLimits {
  /** Broadcasts a customer gets in a day; 0 for any number. */
  cap: number
  /** Of customers who have chosen none. */
  fallbackZone: string
}

/** Writes a row for each customer of the audience in one range of ids. */
@inject()
export class SendBatch {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private segments: SegmentSource
  ) {}

  /** Asked before the transaction begins: settings are read by a connection of their own. */
  async limits(): Promise<SendLimits> {
    return { cap: await this.settings.get(dailyCap), fallbackZone: await this.settings.get(defaultTimeZone) }
  }

  async write(trx: Trx, broadcast: Broadcast, range: IdRange, limits: SendLimits): Promise<CounterDelta[]> {
    const now = this.clock.now()
    const { cap, fallbackZone } = limits
    const zones = cap > 0 || !isZoneless(broadcast) ? await zonesIn(trx, range) : []
    const scheduledAt = byZone(zones, fallbackZone, (zone) => deliveryTime(broadcast, zone, now))
    const { id: broadcastId, category, sendOnceKey } = broadcast
    const rule = await capRule(trx, { broadcastId, cap, zones, fallbackZone, now })
    const rules = { category, sendOnceKey, cap: rule }
    if (sendOnceKey !== null) await this.#claimKey(trx, broadcast, range, rules, now)

    const deltas: CounterDelta[] = []
    for (const variant of broadcast.isTest ? VARIANTS : ['A' as const]) {
      const recipients =
        broadcast.sendOnceKey === null
          ? this.#recipients(trx, broadcast, range, rules, now)
          : this.#claimants(trx, broadcast, range)
      if (broadcast.isTest) recipients.whereRaw(`${variantSql(broadcast, 'customers.id')} = '${variant}'`)
      const written = await this.#insert(trx, broadcast, recipients, scheduledAt, now)
      deltas.push({ broadcastId, operation: 'send', version: 1, variant, written })
    }
    return deltas
  }

  #recipients(trx: Trx, broadcast: Broadcast, range: IdRange, rules: ExclusionRules, now: number): Recipients {
    const query = audienceQuery(trx, broadcast.audience, range, this.segments, now)
    excludeFrom(query, rules)
    return onlySample(query, broadcast)
  }

  /** Whoever holds the key through this broadcast gets it; anybody else got it by another one. */
  async #claimKey(trx: Trx, broadcast: Broadcast, range: IdRange, rules: ExclusionRules, now: number) {
    const { sql, bindings } = this.#recipients(trx, broadcast, range, rules, now)
      .select(trx.raw('?', [broadcast.sendOnceKey!]), 'customers.id', trx.raw(literal(broadcast.id)))
      .orderBy('customers.id')
      .toSQL()
    await trx.rawQuery(
      `INSERT INTO broadcast_send_once (key, customer_id, broadcast_id) ${sql} ON CONFLICT DO NOTHING`,
      bindings as any[]
    )
  }

  #claimants(trx: Trx, broadcast: Broadcast, range: IdRange): Recipients {
    const query = audienceQuery(trx, { kind: 'all' }, range, this.segments, 0).whereExists((claims) =>
      claims
        .from('broadcast_send_once')
        .where('broadcast_send_once.key', broadcast.sendOnceKey!)
        .whereColumn('broadcast_send_once.customer_id', 'customers.id')
        .where('broadcast_send_once.broadcast_id', broadcast.id)
        .select('broadcast_send_once.customer_id')
    )
    return onlySample(query, broadcast)
  }

  async #insert(trx: Trx, broadcast: Broadcast, recipients: Recipients, scheduledAt: Sql, now: number) {
    const { sql, bindings } = recipients
      .select(
        trx.raw(`'BROADCAST', 'PENDING', 'send', ${PRIORITIES.BROADCAST}`),
        'customers.telegram_id',
        'customers.id',
        trx.raw(`${literal(broadcast.id)}, ${literal(broadcast.version)}, 0`),
        trx.raw(scheduledAt.sql, scheduledAt.bindings),
        trx.raw(literal(now))
      )
      .orderBy('customers.id')
      .toSQL()
    const result = await trx.rawQuery(
      `INSERT INTO notifications (type, status, operation, priority, chat_id, customer_id, broadcast_id,
         broadcast_version, attempts, scheduled_at, created_at) ${sql}`,
      bindings as any[]
    )
    return affectedRows(result)
  }
}

function onlySample(query: Recipients, broadcast: Broadcast): Recipients {
  const sample = sampleSql(broadcast, broadcast.run === 'rest' ? 'rest' : 'send', 'customers.id')
  if (sample) query.whereRaw(sample)
  return query
}
