import { setImmediate as letOthersRun } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Memory } from '#stats/memory'
import type { Span } from '#stats/range'

/** What is counted by hour and day: a table and its indexed instant. */
const COUNTED = {
  customers: { table: 'customers', column: 'created_at' },
  messages: { table: 'notifications', column: 'sent_at' },
  orders: { table: 'star_orders', column: 'paid_at' },
} as const
export type Counted = keyof typeof COUNTED

const OPEN_FOR = 10_000
const CLOSED_FOR = 24 * 3_600_000

/** How many came or were sent in each span. A span that is over never grows: it is counted once. */
@inject()
export class SpansQuery {
  constructor(
    private clock: Clock,
    private memory: Memory
  ) {}

  async run(counted: Counted, spans: Span[]): Promise<number[]> {
    const counts = []
    for (const span of spans) {
      counts.push(await this.#remembered(counted, span))
      await letOthersRun()
    }
    return counts
  }

  #remembered(counted: Counted, span: Span) {
    const lasts = span.to < this.clock.now() ? CLOSED_FOR : OPEN_FOR
    return this.memory.remember(`${counted}:${span.from}:${span.to}`, lasts, () => this.#count(counted, span))
  }

  async #count(counted: Counted, { from, to }: Span) {
    const { table, column } = COUNTED[counted]
    const [{ total }] = await db.from(table).where(column, '>=', from).where(column, '<', to).count('* as total')
    return Number(total)
  }
}
