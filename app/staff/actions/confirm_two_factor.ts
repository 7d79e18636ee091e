import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { totpStep } from '#staff/two_factor/totp'
import { TotpSecrets } from '#staff/two_factor/totp_secrets'
import { replaceRecoveryCodes } from '#staff/two_factor/recovery_codes'

/**
 * Switches the second factor on once the application shows the right code, which is used up by it. Returns the
 * recovery codes. Refuses with `two_factor_enabled`, `two_factor_not_started` or `second_factor_invalid`.
 */
@inject()
export class ConfirmTwoFactor {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private secrets: TotpSecrets
  ) {}

  handle({ adminId, code, actor }: { adminId: number; code: string; actor: Actor }) {
    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().firstOrFail()
      if (admin.hasTwoFactor) return refuse('two_factor_enabled')
      const secret = this.secrets.open(admin)
      if (!secret) return refuse('two_factor_not_started')
      const now = this.clock.now()
      const step = totpStep(secret, code, now)
      if (step === null) return refuse('second_factor_invalid')

      await admin.merge({ twoFactorEnabledAt: now, lastUsedStep: step, updatedAt: now }).save()
      await this.audit.record(trx, {
        actor,
        action: 'admin.two_factor_enabled',
        subjectType: 'admin',
        subjectId: admin.id,
        before: { twoFactor: false },
        after: { twoFactor: true },
      })
      return ok(await replaceRecoveryCodes(trx, admin.id, now))
    })
  }
}
