import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { GUARDED_ROLES, requireTwoFactor } from '#staff/settings'
import { ConfirmPassword } from '#staff/passwords/confirm_password'
import { deleteRecoveryCodes } from '#staff/two_factor/recovery_codes'

/**
 * An admin switches their own second factor off. Refuses as `ConfirmPassword` does, or with `two_factor_disabled` or
 * `two_factor_required`.
 */
@inject()
export class DisableTwoFactor {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private settings: Settings,
    private confirmPassword: ConfirmPassword
  ) {}

  async handle({ adminId, password, actor }: { adminId: number; password: string; actor: Actor }) {
    const confirmed = await this.confirmPassword.handle(adminId, password)
    if (!confirmed.ok) return confirmed
    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().firstOrFail()
      if (!admin.hasTwoFactor) return refuse('two_factor_disabled')
      const required = await this.settings.getIn(trx, requireTwoFactor)
      if (required && GUARDED_ROLES.includes(admin.role)) return refuse('two_factor_required')

      await admin.merge({ twoFactorEnabledAt: null, twoFactorSecret: null, updatedAt: this.clock.now() }).save()
      await deleteRecoveryCodes(trx, admin.id)
      await this.audit.record(trx, {
        actor,
        action: 'admin.two_factor_disabled',
        subjectType: 'admin',
        subjectId: admin.id,
        before: { twoFactor: true },
        after: { twoFactor: false },
      })
      return ok()
    })
  }
}
