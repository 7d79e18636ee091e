import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import type { Role } from '#staff/roles'
import Admin from '#staff/models/admin'
import { isLastOwner } from '#staff/last_owner'

interface Change {
  adminId: number
  fullName: string
  role: Role
  actor: Actor
}

/** Refuses with `admin_not_found`, `admin_own_role` or `last_owner`. */
@inject()
export class UpdateAdmin {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ adminId, fullName, role, actor }: Change) {
    return transaction(async (trx) => {
      const lastOwner = await isLastOwner(trx, adminId)
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().first()
      if (!admin) return refuse('admin_not_found')
      if (role !== admin.role && isSelf(actor, admin)) return refuse('admin_own_role')
      if (role !== 'owner' && lastOwner) return refuse('last_owner')

      const before = { fullName: admin.fullName, role: admin.role }
      admin.merge({ fullName: fullName.trim(), role })
      if (!admin.$isDirty) return ok(admin)
      await admin.merge({ updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'admin.updated',
        subjectType: 'admin',
        subjectId: admin.id,
        before,
        after: { fullName: admin.fullName, role },
      })
      return ok(admin)
    })
  }
}

const isSelf = (actor: Actor, admin: Admin) => actor.type === 'admin' && actor.id === admin.id
