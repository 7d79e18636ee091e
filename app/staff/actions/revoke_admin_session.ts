import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import AdminSession from '#staff/models/admin_session'

/** Ends one login: that device is out at its next request. Refuses with `session_not_found`. */
@inject()
export class RevokeAdminSession {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ adminId, sessionId, actor }: { adminId: number; sessionId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const session = await AdminSession.query({ client: trx })
        .where({ id: sessionId, admin_id: adminId })
        .whereNull('revoked_at')
        .forUpdate()
        .first()
      if (!session) return refuse('session_not_found')

      await session.merge({ revokedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'admin.session_revoked',
        subjectType: 'admin',
        subjectId: adminId,
        before: { session: session.id, device: session.userAgent, ip: session.ip },
      })
      return ok()
    })
  }
}
