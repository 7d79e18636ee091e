import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { revokeSessions } from '#staff/sessions'
import { cutTelegramLink } from '#staff/telegram_link'
import { loginByAccount } from '#staff/login/login_limits'
import { generatePassword } from '#staff/passwords/password'

/**
 * Gives an admin who forgot theirs a new password, to be shown once and changed at the first login; all sessions
 * end, Telegram is unlinked and a block of the account is lifted. Refuses with `admin_not_found` or `admin_self`.
 */
@inject()
export class ResetAdminPassword {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ adminId, actor }: { adminId: number; actor: Actor }) {
    if (actor.type === 'admin' && actor.id === adminId) return refuse('admin_self')
    const password = generatePassword()
    const admin = await transaction(async (trx) => {
      const found = await Admin.query({ client: trx }).where('id', adminId).forUpdate().first()
      if (!found) return null
      const now = this.clock.now()
      await found.merge({ password, mustChangePassword: true, passwordChangedAt: now, updatedAt: now }).save()
      await cutTelegramLink(trx, found, this.audit, actor)
      const sessions = await revokeSessions(trx, found.id, now)
      await this.audit.record(trx, {
        actor,
        action: 'admin.password_reset',
        subjectType: 'admin',
        subjectId: found.id,
        after: { passwordChanged: true, sessionsEnded: sessions },
      })
      return found
    })
    if (!admin) return refuse('admin_not_found')
    await loginByAccount.forget(admin.email)
    return ok({ admin, generatedPassword: password })
  }
}
