import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { ConfirmPassword } from '#staff/passwords/confirm_password'
import { replaceRecoveryCodes } from '#staff/two_factor/recovery_codes'

/** Ten new codes; the old ones stop working. Refuses as `ConfirmPassword` does, or with `two_factor_disabled`. */
@inject()
export class RegenerateRecoveryCodes {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private confirmPassword: ConfirmPassword
  ) {}

  async handle({ adminId, password, actor }: { adminId: number; password: string; actor: Actor }) {
    const confirmed = await this.confirmPassword.handle(adminId, password)
    if (!confirmed.ok) return confirmed
    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().firstOrFail()
      if (!admin.hasTwoFactor) return refuse('two_factor_disabled')

      await this.audit.record(trx, {
        actor,
        action: 'admin.recovery_codes_replaced',
        subjectType: 'admin',
        subjectId: admin.id,
      })
      return ok(await replaceRecoveryCodes(trx, admin.id, this.clock.now()))
    })
  }
}
