import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { audienceQuery } from '#broadcasts/audience/audience_query'
import { excludeFrom } from '#broadcasts/audience/exclusions'
import { idsOf, windows } from '#broadcasts/audience/windows'
import type Broadcast from '#broadcasts/models/broadcast'

export interface AudienceDifference {
  /** In this audience and among the recipients of the earlier broadcast. */
  both: number
  /** In this audience only. */
  added: number
  /** Recipients of the earlier broadcast who are not in this audience. */
  dropped: number
}

/** Compares whom a broadcast would reach with whom an earlier one was sent to. */
@inject()
export class AudienceDifferenceQuery {
  constructor(
    private clock: Clock,
    private segments: SegmentSource
  ) {}

  async handle(broadcast: Broadcast, earlierId: number): Promise<AudienceDifference> {
    let both = 0
    let added = 0
    for (const range of windows(await idsOf(db.connection(), broadcast.audience))) {
      const query = audienceQuery(db.connection(), broadcast.audience, range, this.segments, this.clock.now())
      excludeFrom(query, { category: broadcast.category, sendOnceKey: broadcast.sendOnceKey, cap: null })
      const rows = await query
        .select(db.raw(`CASE WHEN ${GOT_EARLIER} THEN 'both' ELSE 'added' END AS side`, [earlierId]))
        .count('* as total')
        .groupByRaw('1')
      const totalOf = (side: string) => Number(rows.find((row) => row.side === side)?.total ?? 0)
      both += totalOf('both')
      added += totalOf('added')
      await breathe()
    }
    return { both, added, dropped: (await this.#recipients(earlierId)) - both }
  }

  async #recipients(broadcastId: number): Promise<number> {
    const counters = await db
      .from('broadcast_counters')
      .where({ broadcast_id: broadcastId, operation: 'send' })
      .sum('written as total')
      .first()
    return Number(counters?.total ?? 0)
  }
}

const GOT_EARLIER = `EXISTS (SELECT 1 FROM notifications WHERE notifications.customer_id = customers.id
  AND notifications.broadcast_id = ? AND notifications.operation = 'send')`
