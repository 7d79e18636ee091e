import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'

/** Counting stops here, since it must stay cheap however long the queue is. */
const COUNT_LIMIT = 10_000

export interface QueueFigures {
  /** Jobs that could run now; 10 000 at most. */
  due: number
  oldestDueSeconds: number
  /** Kept failed jobs; 10 000 at most. */
  failed: number
}

/** The package sorts waiting jobs by priority x 1e13 + the moment they were added (epoch milliseconds). */
const DUE = `SELECT COUNT(*) AS due, MIN(at) AS oldest FROM (
  SELECT CASE WHEN status = 'pending' THEN score % 10000000000000 ELSE execute_at END AS at FROM queue_jobs
  WHERE status = 'pending' OR (status = 'delayed' AND execute_at <= ?) LIMIT ${COUNT_LIMIT}) AS jobs`

const FAILED = `SELECT COUNT(*) AS failed FROM (
  SELECT 1 FROM queue_jobs WHERE status = 'failed' LIMIT ${COUNT_LIMIT}) AS jobs`

/** How much work waits in the queue, and for how long. */
export class QueueFiguresQuery {
  async run(now: number): Promise<QueueFigures> {
    const [{ due, oldest }] = rowsOf<{ due: number; oldest: number | null }>(await db.rawQuery(DUE, [now]))
    const [{ failed }] = rowsOf<{ failed: number }>(await db.rawQuery(FAILED))
    return { due, failed, oldestDueSeconds: Math.max(0, Math.floor((now - (oldest ?? now)) / 1000)) }
  }
}
