import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { isTimeZone } from '#customers/time_zones'
import Admin, { type Theme } from '#staff/models/admin'

interface Profile {
  fullName: string
  /** IANA name. */
  timeZone: string
  theme: Theme
  /** Alerts of the product, to the linked Telegram account. */
  receivesAlerts: boolean
}

/** Refuses with `time_zone_unknown`. */
@inject()
export class UpdateProfile {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ adminId, profile, actor }: { adminId: number; profile: Profile; actor: Actor }) {
    const { fullName, timeZone, theme, receivesAlerts } = profile
    if (!isTimeZone(timeZone)) return refuse('time_zone_unknown')
    return transaction(async (trx) => {
      const admin = await Admin.query({ client: trx }).where('id', adminId).forUpdate().firstOrFail()
      const before = pick(admin)
      admin.merge({ fullName, timeZone, theme, receivesAlerts })
      if (!admin.$isDirty) return ok(admin)

      await admin.merge({ updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'admin.profile_updated',
        subjectType: 'admin',
        subjectId: admin.id,
        before,
        after: pick(admin),
      })
      return ok(admin)
    })
  }
}

const pick = ({ fullName, timeZone, theme, receivesAlerts }: Admin) => ({ fullName, timeZone, theme, receivesAlerts })
