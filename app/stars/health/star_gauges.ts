import { Gauge } from 'prom-client'
import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#core/clock'
import { sharedReading } from '#system/metrics/shared_reading'
import { CIRCUIT_STATES, type CircuitStateName } from '#system/circuits/circuit'
import { OWED, UNPAID } from '#stars/orders/transitions'

/** What has ended grows for ever, and would be counted at each scrape. */
const GOING = [...UNPAID, ...OWED]

interface StarFigures {
  byStatus: Record<string, number>
  needsAttention: number
  oldestToDeliverSeconds: number
}

/** Gauges that are read when Prometheus asks. */
export function registerStarGauges(clock: Clock, circuits: () => Record<string, CircuitStateName>) {
  const figures = sharedReading(() => readFigures(clock.now()))

  new Gauge({
    name: 'kontora_star_orders',
    help: 'Stars orders that have not ended, by state',
    labelNames: ['status'],
    async collect() {
      const reading = await figures()
      this.reset()
      if (!reading) return
      for (const status of GOING) this.set({ status }, reading.byStatus[status] ?? 0)
    },
  })

  new Gauge({
    name: 'kontora_stars_breaker_state',
    help: 'Circuit breakers of this process: 0 closed, 1 half open, 2 open',
    labelNames: ['service'],
    collect() {
      for (const [service, state] of Object.entries(circuits())) this.set({ service }, CIRCUIT_STATES.indexOf(state))
    },
  })

  new Gauge({
    name: 'kontora_star_orders_oldest_undelivered_seconds',
    help: 'How long the oldest paid order has been waiting for its Stars',
    async collect() {
      const reading = await figures()
      this.reset()
      if (reading) this.set(reading.oldestToDeliverSeconds)
    },
  })

  new Gauge({
    name: 'kontora_star_orders_needing_attention',
    help: 'Orders that wait for a person',
    async collect() {
      const reading = await figures()
      this.reset()
      if (reading) this.set(reading.needsAttention)
    },
  })
}

export async function readFigures(now: number): Promise<StarFigures> {
  const rows = await db
    .from('star_orders')
    .whereIn('status', [...GOING])
    .groupBy('status')
    .select('status')
    .count('* as total')
  const [attention] = await db.from('star_orders').whereNotNull('attention').count('* as total')
  const oldest = await db
    .from('star_orders')
    .whereIn('status', [...OWED])
    .min('paid_at as paid_at')
    .first()
  return {
    byStatus: Object.fromEntries(rows.map(({ status, total }) => [status, Number(total)])),
    needsAttention: Number(attention.total),
    oldestToDeliverSeconds: Math.max(0, Math.floor((now - (oldest?.paid_at ?? now)) / 1000)),
  }
}
