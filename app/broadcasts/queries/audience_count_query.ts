import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import type { NewsCategory } from '#customers/news_categories'
import type { Audience } from '#broadcasts/audience'
import { audienceQuery, type IdRange } from '#broadcasts/audience/audience_query'
import { capRule } from '#broadcasts/audience/daily_cap'
import { EXCLUSIONS, exclusionSql, type Exclusion } from '#broadcasts/audience/exclusions'
import { idsOf, windows } from '#broadcasts/audience/windows'
import { zonesIn } from '#broadcasts/audience/zones'
import { dailyCap, defaultTimeZone } from '#broadcasts/settings'

export interface AudienceQuestion {
  audience: Audience
  category: NewsCategory
  sendOnceKey: string | null
}

/** Everybody whom the audience means, each counted once: as a recipient, or for the first reason not to be one. */
export type AudienceCount = Record<Exclusion | 'total' | 'recipients', number>

/** Counts an audience as a broadcast that started now would find it. */
@inject()
export class AudienceCountQuery {
  constructor(
    private clock: Clock,
    private segments: SegmentSource,
    private settings: Settings
  ) {}

  async handle(question: AudienceQuestion): Promise<AudienceCount> {
    const sum = Object.fromEntries([...EXCLUSIONS, 'total', 'recipients'].map((name) => [name, 0])) as AudienceCount
    for (const range of windows(await idsOf(db.connection(), question.audience))) {
      const part = await this.#count(question, range)
      for (const name of Object.keys(sum) as Array<keyof AudienceCount>) sum[name] += Number(part[name] ?? 0)
      await breathe()
    }
    return sum
  }

  async #count({ audience, category, sendOnceKey }: AudienceQuestion, range: IdRange) {
    const client = db.connection()
    const now = this.clock.now()
    const reasons = exclusionSql({ category, sendOnceKey, cap: await this.#cap(range, now) })

    const reason = `CASE ${reasons.map(([name, { sql }]) => `WHEN ${sql} THEN '${name}'`).join(' ')} ELSE 'recipients' END`
    const rows = await audienceQuery(client, audience, range, this.segments, now)
      .select(
        client.raw(
          `${reason} AS reason`,
          reasons.flatMap(([, { bindings }]) => bindings)
        )
      )
      .count('* as total')
      .groupByRaw('1')
    const part: Partial<Record<string, number>> = Object.fromEntries(rows.map((row) => [row.reason, Number(row.total)]))
    return { ...part, total: rows.reduce((total, row) => total + Number(row.total), 0) } as Partial<AudienceCount>
  }

  async #cap(range: IdRange, now: number) {
    const cap = await this.settings.get(dailyCap)
    if (cap === 0) return null
    const fallbackZone = await this.settings.get(defaultTimeZone)
    const zones = await zonesIn(db.connection(), range)
    return capRule(db.connection(), { broadcastId: null, cap, zones, fallbackZone, now })
  }
}
