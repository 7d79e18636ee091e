import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { isLastOwner } from '#staff/last_owner'
import { revokeSessions } from '#staff/sessions'

/** Locks an admin out at once, on all devices. Refuses with `admin_not_found`, `admin_self`, `admin_disabled` or `last_owner`. */
@inject()
export class DisableAdmin {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ adminId, actor }: { adminId: number; actor: Actor }) {
    if (actor.type === 'admin' && actor.id === adminId) return refuse('admin_self')
    return transaction(async (trx) => {
      const lastOwner = await isLastOwner(trx, adminId)
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().first()
      if (!admin) return refuse('admin_not_found')
      if (admin.isDisabled) return refuse('admin_disabled')
      if (lastOwner) return refuse('last_owner')

      const now = this.clock.now()
      await admin.merge({ disabledAt: now, updatedAt: now }).save()
      const sessions = await revokeSessions(trx, admin.id, now)
      await this.audit.record(trx, {
        actor,
        action: 'admin.disabled',
        subjectType: 'admin',
        subjectId: admin.id,
        before: { disabled: false },
        after: { disabled: true, sessionsEnded: sessions },
      })
      return ok(admin)
    })
  }
}
