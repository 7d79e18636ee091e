import { Gauge } from 'prom-client'
import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#core/clock'
import { OPEN_ENTRIES } from '#raffles/values'
import { sharedReading } from '#system/metrics/shared_reading'

/** Gauges that are read when Prometheus asks. */
export function registerRaffleGauges(clock: Clock) {
  const figures = sharedReading(() => readFigures(clock.now()))
  const gauge = (name: string, help: string, figure: keyof Awaited<ReturnType<typeof readFigures>>) =>
    new Gauge({
      name,
      help,
      async collect() {
        const reading = await figures()
        this.reset()
        if (reading) this.set(reading[figure])
      },
    })
  gauge('kontora_raffle_entries_open', 'Entries of customers that are on their way', 'open')
  gauge('kontora_raffle_entries_oldest_seconds', 'How long the oldest of them has been on its way', 'oldestSeconds')
  gauge('kontora_raffle_drawing_seconds', 'How long the round has waited for its random number', 'drawingSeconds')
}

export async function readFigures(now: number) {
  const [entries] = await db
    .from('raffle_entries')
    .whereIn('status', [...OPEN_ENTRIES])
    .count('* as open')
    .min('created_at as oldest')
  const drawing = await db.from('raffles').where('status', 'drawing').min('requested_at as since').first()
  const seconds = (since: number | null) => Math.max(0, Math.floor((now - Number(since ?? now)) / 1000))
  return {
    open: Number(entries.open),
    oldestSeconds: seconds(entries.oldest),
    drawingSeconds: seconds(drawing?.since ?? null),
  }
}
