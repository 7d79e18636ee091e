import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { revokeSessions } from '#staff/sessions'
import { cutTelegramLink } from '#staff/telegram_link'
import { secondFactorByAccount } from '#staff/login/login_limits'
import { deleteRecoveryCodes } from '#staff/two_factor/recovery_codes'

/**
 * For an admin who lost their device: they log in with the password alone until they enrol again. All sessions end and
 * Telegram is unlinked. Refuses with `admin_not_found`, `admin_self` or `two_factor_disabled`.
 */
@inject()
export class ResetTwoFactor {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ adminId, actor }: { adminId: number; actor: Actor }) {
    if (actor.type === 'admin' && actor.id === adminId) return refuse('admin_self')
    const result = await transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().first()
      if (!admin) return refuse('admin_not_found')
      if (!admin.hasTwoFactor) return refuse('two_factor_disabled')

      const now = this.clock.now()
      await admin.merge({ twoFactorEnabledAt: null, twoFactorSecret: null, updatedAt: now }).save()
      await deleteRecoveryCodes(trx, admin.id)
      await cutTelegramLink(trx, admin, this.audit, actor)
      const sessions = await revokeSessions(trx, admin.id, now)
      await this.audit.record(trx, {
        actor,
        action: 'admin.two_factor_reset',
        subjectType: 'admin',
        subjectId: admin.id,
        before: { twoFactor: true },
        after: { twoFactor: false, sessionsEnded: sessions },
      })
      return ok(admin)
    })
    if (result.ok) await secondFactorByAccount.forget(String(adminId))
    return result
  }
}
