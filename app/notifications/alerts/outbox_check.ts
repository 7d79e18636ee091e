import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { HealthCheck } from '#core/contracts/health'
import { rowsOf } from '#core/database/dialect'
import { LiveProcessesQuery } from '#system/processes/live_processes_query'

const SLOW_SECONDS = 120

/** Counting stops here: a broadcast may have a million rows waiting. */
const COUNT_LIMIT = 10_000

const DUE = (condition: string) => `SELECT COUNT(*) AS due, MIN(scheduled_at) AS oldest FROM (
  SELECT scheduled_at FROM notifications WHERE broadcast_id IS ${condition} AND status IN ('PENDING', 'FAILED')
  AND scheduled_at <= ? LIMIT ${COUNT_LIMIT}) AS rows_due`

export interface OutboxFigures {
  /** Up to 10 000. */
  due: number
  oldestDueSeconds: number
  /** Rows of broadcasts, which may wait as long as their number takes; up to 10 000. */
  broadcastDue: number
}

/** Messages that somebody waits for leave soon, and somebody is there to send them. */
@inject()
export class OutboxCheck implements HealthCheck {
  readonly name = 'outbox'
  readonly critical = false

  constructor(
    private readonly clock: Clock,
    private readonly processes: LiveProcessesQuery
  ) {}

  async check() {
    const now = this.clock.now()
    const { due, oldestDueSeconds, broadcastDue } = await outboxFigures(now)
    const senders = await this.processes.count('sender', now)
    const details = { due, oldest_due_seconds: oldestDueSeconds, broadcast_due: broadcastDue, senders }
    if (senders === 0) return { status: 'unhealthy' as const, message: 'no sender is running', details }
    if (oldestDueSeconds <= SLOW_SECONDS) return { status: 'healthy' as const, details }
    return { status: 'degraded' as const, message: `a message has been waiting for ${oldestDueSeconds} s`, details }
  }
}

export async function outboxFigures(now: number): Promise<OutboxFigures> {
  const [own] = rowsOf<{ due: number; oldest: number | null }>(await db.rawQuery(DUE('NULL'), [now]))
  const [broadcasts] = rowsOf<{ due: number }>(await db.rawQuery(DUE('NOT NULL'), [now]))
  return {
    due: own.due,
    oldestDueSeconds: Math.max(0, Math.floor((now - (own.oldest ?? now)) / 1000)),
    broadcastDue: broadcasts.due,
  }
}
