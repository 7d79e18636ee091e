import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import AdminAlert from '#notifications/models/admin_alert'

/** An admin has dealt with it: the next occurrence is a new alert. Refuses with `alert_not_open`. */
@inject()
export class CloseAlert {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ alertId, actor }: { alertId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const alert = await AdminAlert.query({ client: trx }).where('id', alertId).forUpdate().first()
      if (!alert?.isOpen) return refuse('alert_not_open')

      await alert.merge({ resolvedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'alert.closed',
        subjectType: 'alert',
        subjectId: alert.id,
        after: { title: alert.title, kind: alert.kind, occurrences: alert.occurrences },
      })
      return ok(alert)
    })
  }
}
