import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { securityRetentionDays } from '#staff/settings'
import AdminLinkCode from '#staff/models/admin_link_code'
import AdminSession from '#staff/models/admin_session'
import SecurityEvent from '#staff/models/security_event'

const DAY_MS = 86_400_000
const SESSION_DAYS = 90
const BATCH = 500

/** Forgets security events, logins that ended long ago and codes that nobody sent. The audit log is never pruned. */
@inject()
export class PruneStaffRecords implements Tick {
  readonly name = 'staff.prune'
  readonly everyMs = DAY_MS / 4

  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async run(signal: AbortSignal) {
    const now = this.clock.now()
    const eventsBefore = now - (await this.settings.get(securityRetentionDays)) * DAY_MS
    await inBatches(signal, SecurityEvent, 'created_at', eventsBefore)
    await inBatches(signal, AdminSession, 'last_seen_at', now - SESSION_DAYS * DAY_MS)
    await AdminLinkCode.query().where('expires_at', '<', now).delete()
  }
}

/** In small statements, so that SQLite serves people in between. */
async function inBatches(
  signal: AbortSignal,
  model: typeof SecurityEvent | typeof AdminSession,
  column: string,
  before: number
) {
  while (!signal.aborted) {
    const rows = await model.query().where(column, '<', before).orderBy('id').limit(BATCH).select('id')
    if (rows.length > 0)
      await model
        .query()
        .whereIn(
          'id',
          rows.map(({ id }) => id)
        )
        .delete()
    if (rows.length < BATCH) return
  }
}
