import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'

/** Refuses with `admin_not_found` or `telegram_not_linked`. */
@inject()
export class UnlinkAdminTelegram {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ adminId, actor }: { adminId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().first()
      if (!admin) return refuse('admin_not_found')
      if (admin.telegramId === null) return refuse('telegram_not_linked')

      const before = { telegramId: admin.telegramId }
      await admin.merge({ telegramId: null, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'admin.telegram_unlinked',
        subjectType: 'admin',
        subjectId: admin.id,
        before,
        after: { telegramId: null },
      })
      return ok(admin)
    })
  }
}
