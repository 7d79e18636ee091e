import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import AdminSession from '#staff/models/admin_session'

/** A logout. */
@inject()
export class CloseAdminSession {
  constructor(private clock: Clock) {}

  async handle({ adminId, sessionId }: { adminId: number; sessionId: number }) {
    await AdminSession.query()
      .where({ id: sessionId, admin_id: adminId })
      .whereNull('revoked_at')
      .update({ revoked_at: this.clock.now() })
  }
}
