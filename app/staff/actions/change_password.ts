import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { revokeSessions } from '#staff/sessions'
import { ConfirmPassword } from '#staff/passwords/confirm_password'
import { normalizePassword, weaknessOf } from '#staff/passwords/password'

interface Change {
  adminId: number
  current: string
  next: string
  /** The login that asks stays, all others end. */
  sessionId: number
  actor: Actor
}

/** Refuses as `ConfirmPassword` does, or with `password_same` or a `PasswordWeakness`. */
@inject()
export class ChangePassword {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private confirmPassword: ConfirmPassword
  ) {}

  async handle({ adminId, current, next, sessionId, actor }: Change) {
    const confirmed = await this.confirmPassword.handle(adminId, current)
    if (!confirmed.ok) return confirmed
    const password = normalizePassword(next)
    if (password === normalizePassword(current)) return refuse('password_same')
    const weakness = weaknessOf(password, [confirmed.value.email, confirmed.value.fullName])
    if (weakness) return refuse(weakness)

    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().firstOrFail()
      if (admin.password !== confirmed.value.password) return refuse('password_wrong')

      const now = this.clock.now()
      await admin.merge({ password, mustChangePassword: false, passwordChangedAt: now, updatedAt: now }).save()
      const sessions = await revokeSessions(trx, admin.id, now, sessionId)
      await this.audit.record(trx, {
        actor,
        action: 'admin.password_changed',
        subjectType: 'admin',
        subjectId: admin.id,
        after: { passwordChanged: true, sessionsEnded: sessions },
      })
      return ok({ sessions })
    })
  }
}
