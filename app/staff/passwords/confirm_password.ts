import { inject } from '@adonisjs/core'
import { ok, refuse } from '#core/result'
import { SecurityEvents } from '#core/contracts/security_events'
import Admin from '#staff/models/admin'
import { confirmationByAccount } from '#staff/login/login_limits'
import { normalizePassword } from '#staff/passwords/password'

/**
 * Asks a logged-in admin for their password again before something that outlives the session. It hashes, so it runs
 * before the transaction and not in it. Refuses with `password_blocked` ({ seconds }) or `password_wrong`.
 */
@inject()
export class ConfirmPassword {
  constructor(private securityEvents: SecurityEvents) {}

  async handle(adminId: number, password: string) {
    const subject = String(adminId)
    const { seconds } = await confirmationByAccount.take(subject)
    if (seconds > 0) return refuse('password_blocked', { seconds })

    const admin = await Admin.findOrFail(adminId)
    if (!(await admin.verifyPassword(normalizePassword(password)))) {
      await this.securityEvents.report({ kind: 'login.failed', subject: admin.email, adminId })
      return refuse('password_wrong')
    }
    await confirmationByAccount.forget(subject)
    return ok(admin)
  }
}
