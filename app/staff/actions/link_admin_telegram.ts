import { inject } from '@adonisjs/core'
import limiter from '@adonisjs/limiter/services/main'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit } from '#core/contracts/audit'
import { SecurityEvents } from '#core/contracts/security_events'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import AdminLinkCode from '#staff/models/admin_link_code'
import { hashCode } from '#staff/one_time_codes'

const ATTEMPTS = { requests: 5, duration: '10 mins', blockDuration: '10 mins' }

/**
 * Ties the Telegram account that sent a valid code to the admin who made it; the code is used up. Refuses with
 * `too_many_attempts` ({ seconds }), `code_invalid` (unknown, used or expired) or `telegram_taken`.
 */
@inject()
export class LinkAdminTelegram {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private securityEvents: SecurityEvents
  ) {}

  async handle({ code, telegramId }: { code: string; telegramId: number }) {
    const attempts = limiter.use(ATTEMPTS)
    const key = `admin-link:${telegramId}`
    const { consumed } = await attempts.increment(key)
    if (consumed > ATTEMPTS.requests) return refuse('too_many_attempts', { seconds: await attempts.availableIn(key) })

    const result = await this.#redeem(hashCode(code), telegramId)
    if (result.ok) await attempts.delete(key)
    else await this.securityEvents.report({ kind: 'link_code.refused', subject: `Telegram ${telegramId}` })
    return result
  }

  #redeem(codeHash: string, telegramId: number) {
    return transaction(async (trx) => {
      const code = await AdminLinkCode.query({ client: trx }).where('code_hash', codeHash).forUpdate().first()
      if (!code || code.expiresAt <= this.clock.now()) return refuse('code_invalid')
      const admin = await Admin.query({ client: trx }).where('id', code.adminId).forUpdate().firstOrFail()
      if (admin.isDisabled) return refuse('code_invalid')
      const owner = await Admin.query({ client: trx }).where('telegram_id', telegramId).first()
      if (owner && owner.id !== admin.id) return refuse('telegram_taken')

      const before = { telegramId: admin.telegramId }
      await AdminLinkCode.query({ client: trx }).where('admin_id', admin.id).delete()
      await admin.merge({ telegramId, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor: { type: 'admin', id: admin.id, name: admin.fullName },
        action: 'admin.telegram_linked',
        subjectType: 'admin',
        subjectId: admin.id,
        before,
        after: { telegramId },
      })
      return ok(admin)
    })
  }
}
