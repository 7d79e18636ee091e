import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { SecurityEvents } from '#core/contracts/security_events'
import Admin from '#staff/models/admin'
import AdminRecoveryCode from '#staff/models/admin_recovery_code'
import { secondFactorByAccount } from '#staff/login/login_limits'
import { hashCode, normalizeCode } from '#staff/one_time_codes'
import { totpStep } from '#staff/two_factor/totp'
import { TotpSecrets } from '#staff/two_factor/totp_secrets'

interface Attempt {
  adminId: number
  /** Six digits of the authenticator, or a recovery code. */
  code: string
  ip: string
  requestId?: string
}

/**
 * Second step of a login. A code opens the panel once: the step it belongs to, or the recovery code, is used up by
 * one conditional UPDATE. Refuses with `second_factor_blocked` ({ seconds }) or `second_factor_invalid`.
 */
@inject()
export class VerifySecondFactor {
  constructor(
    private clock: Clock,
    private secrets: TotpSecrets,
    private securityEvents: SecurityEvents
  ) {}

  async handle({ adminId, code, ip, requestId }: Attempt) {
    const admin = await Admin.find(adminId)
    if (!admin || admin.isDisabled || !admin.hasTwoFactor) return refuse('second_factor_invalid')

    const event = { subject: admin.email, adminId, ip, requestId }
    const { seconds, blocked } = await secondFactorByAccount.take(String(adminId))
    if (blocked) await this.securityEvents.report({ kind: 'two_factor.locked', ...event })
    if (seconds > 0) return refuse('second_factor_blocked', { seconds })

    const recovered = await this.#useRecoveryCode(admin, code)
    if (!recovered && !(await this.#useTotp(admin, code))) {
      await this.securityEvents.report({ kind: 'two_factor.failed', ...event })
      return refuse('second_factor_invalid')
    }
    await secondFactorByAccount.forget(String(adminId))
    return ok({ admin, recovered })
  }

  async #useTotp(admin: Admin, code: string) {
    const step = totpStep(this.secrets.open(admin)!, code, this.clock.now())
    if (step === null) return false
    const [used] = await Admin.query()
      .where('id', admin.id)
      .where((query) => query.whereNull('last_used_step').orWhere('last_used_step', '<', step))
      .update({ last_used_step: step })
    return Number(used) === 1
  }

  async #useRecoveryCode(admin: Admin, code: string) {
    if (normalizeCode(code).length < 16) return false
    const [used] = await AdminRecoveryCode.query()
      .where({ admin_id: admin.id, code_hash: hashCode(code) })
      .whereNull('used_at')
      .update({ used_at: this.clock.now() })
    return Number(used) === 1
  }
}
