import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import AdminSession from '#staff/models/admin_session'

export interface Device {
  ip: string
  userAgent: string
  requestId?: string
}

/** Records a completed login; the HTTP session that belongs to it carries the id of the row. */
@inject()
export class OpenAdminSession {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle(admin: Admin, device: Device) {
    const now = this.clock.now()
    return transaction(async (trx) => {
      await Admin.query({ client: trx }).where('id', admin.id).update({ last_login_at: now })
      const { ip, requestId } = device
      await this.audit.record(trx, {
        actor: { type: 'admin', id: admin.id, name: admin.fullName, ip, requestId },
        action: 'admin.logged_in',
        subjectType: 'admin',
        subjectId: admin.id,
      })
      return AdminSession.create(
        {
          adminId: admin.id,
          ip: device.ip.slice(0, 45),
          userAgent: device.userAgent.slice(0, 300),
          createdAt: now,
          lastSeenAt: now,
          revokedAt: null,
        },
        { client: trx }
      )
    })
  }
}
