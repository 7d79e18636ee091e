import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { generateTotpSecret, totpUri } from '#staff/two_factor/totp'
import { TotpSecrets } from '#staff/two_factor/totp_secrets'

/**
 * Gives the secret that the authenticator application has to learn; it protects nothing before it is confirmed with
 * a code. Asked again, it gives the same one, so that a reloaded page fits the application. Refuses with
 * `two_factor_enabled`.
 */
@inject()
export class StartTwoFactor {
  constructor(
    private clock: Clock,
    private secrets: TotpSecrets
  ) {}

  handle(adminId: number) {
    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().firstOrFail()
      if (admin.hasTwoFactor) return refuse('two_factor_enabled')

      const secret = this.secrets.open(admin) ?? generateTotpSecret()
      if (!admin.twoFactorSecret) {
        await admin.merge({ twoFactorSecret: this.secrets.seal(admin.id, secret), updatedAt: this.clock.now() }).save()
      }
      return ok({ secret, uri: totpUri(secret, admin.email) })
    })
  }
}
