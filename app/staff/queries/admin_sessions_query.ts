import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import AdminSession from '#staff/models/admin_session'
import { deviceName } from '#staff/device_name'
import { SESSION_IDLE_MS } from '#staff/sessions'

export interface ListedSession {
  id: number
  device: string
  userAgent: string
  ip: string
  createdAt: number
  lastSeenAt: number
}

/** The logins of an admin that still stand, last used first. */
@inject()
export class AdminSessionsQuery {
  constructor(private clock: Clock) {}

  async handle(adminId: number): Promise<ListedSession[]> {
    const sessions = await AdminSession.query()
      .where('admin_id', adminId)
      .whereNull('revoked_at')
      .where('last_seen_at', '>', this.clock.now() - SESSION_IDLE_MS)
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
    return sessions.map(({ id, userAgent, ip, createdAt, lastSeenAt }) => {
      return { id, device: deviceName(userAgent), userAgent, ip, createdAt, lastSeenAt }
    })
  }
}
