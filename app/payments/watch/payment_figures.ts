import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'

/** Counting stops here. */
const COUNT_LIMIT = 10_000

const WAITING = `SELECT COUNT(*) AS waiting, MIN(received_at) AS oldest FROM (
  SELECT received_at FROM webhook_events WHERE processed_at IS NULL LIMIT ${COUNT_LIMIT}) AS events`

const BREAKS = `SELECT COUNT(*) AS open FROM (
  SELECT 1 FROM payment_breaks WHERE status = 'open' LIMIT ${COUNT_LIMIT}) AS breaks`

export interface PaymentFigures {
  /** Up to 10 000. */
  webhooksWaiting: number
  oldestWebhookSeconds: number
  /** Payments that wait for a person; up to 10 000. */
  openBreaks: number
}

/** What waits: for the queue, and for people. */
export async function paymentFigures(now: number): Promise<PaymentFigures> {
  const [events] = rowsOf<{ waiting: number; oldest: number | null }>(await db.rawQuery(WAITING))
  const [breaks] = rowsOf<{ open: number }>(await db.rawQuery(BREAKS))
  return {
    webhooksWaiting: events.waiting,
    oldestWebhookSeconds: Math.max(0, Math.floor((now - (events.oldest ?? now)) / 1000)),
    openBreaks: breaks.open,
  }
}
