import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { revokeSessions } from '#staff/sessions'

/** Ends all logins of an admin but the one they use (none is kept with null). Returns how many ended. */
@inject()
export class RevokeOtherSessions {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ adminId, keep, actor }: { adminId: number; keep: number | null; actor: Actor }): Promise<number> {
    return transaction(async (trx) => {
      const sessions = await revokeSessions(trx, adminId, this.clock.now(), keep)
      if (sessions > 0) {
        await this.audit.record(trx, {
          actor,
          action: 'admin.sessions_revoked',
          subjectType: 'admin',
          subjectId: adminId,
          after: { sessions },
        })
      }
      return sessions
    })
  }
}
