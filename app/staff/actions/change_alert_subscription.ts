import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'

/** Whether an admin hears of trouble in their own chat with the bot. Refuses with `admin_not_found`. */
@inject()
export class ChangeAlertSubscription {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ adminId, receivesAlerts, actor }: { adminId: number; receivesAlerts: boolean; actor: Actor }) {
    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().first()
      if (!admin) return refuse('admin_not_found')
      if (admin.receivesAlerts === receivesAlerts) return ok(admin)

      await admin.merge({ receivesAlerts, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'admin.alerts_changed',
        subjectType: 'admin',
        subjectId: admin.id,
        before: { receivesAlerts: !receivesAlerts },
        after: { receivesAlerts },
      })
      return ok(admin)
    })
  }
}
