import type { Tick } from '#core/contracts/ticks'
import type { Clock } from '#core/clock'
import db from '@adonisjs/lucid/services/db'
import type { AlertKind } from '#core/contracts/alerts'

const HOUR = 60 * 60_000
const QUIET_MS = 24 * HOUR
const KEPT_MS = 90 * 24 * HOUR

/** Nobody sees when these are over: a day of silence stands for it. */
const EVENTS: AlertKind[] = ['errors', 'jobs', 'telegram', 'broadcasts', 'payments', 'security']

/** Closes what has not been seen for a day, without a word, and forgets what was over ninety days ago. */
export const staleAlertsTick = (clock: Clock): Tick => ({
  name: 'alerts.close_stale',
  everyMs: HOUR,
  async run() {
    const now = clock.now()
    await db
      .from('admin_alerts')
      .whereNull('resolved_at')
      .whereIn('kind', EVENTS)
      .where('last_seen_at', '<', now - QUIET_MS)
      .update({ resolved_at: now })
    await db
      .from('admin_alerts')
      .where('resolved_at', '<', now - KEPT_MS)
      .delete()
  },
})
