import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import AdminSession from '#staff/models/admin_session'
import { SESSION_IDLE_MS } from '#staff/sessions'

/** "Last seen" is exact to a minute, so that reading pages does not write at every request. */
const PRECISION_MS = 60_000

/** Tells whether a login still stands, and notes that it was used. */
@inject()
export class TouchAdminSession {
  constructor(private clock: Clock) {}

  async handle(sessionId: number, adminId: number): Promise<boolean> {
    const now = this.clock.now()
    const session = await AdminSession.query()
      .where({ id: sessionId, admin_id: adminId })
      .whereNull('revoked_at')
      .where('last_seen_at', '>', now - SESSION_IDLE_MS)
      .first()
    if (!session) return false
    if (now - session.lastSeenAt >= PRECISION_MS) {
      await AdminSession.query().where('id', session.id).update({ last_seen_at: now })
    }
    return true
  }
}
