import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { toJson } from '#core/database/columns'
import { auditable } from '#staff/audit_values'
import { SecurityEvents, type SecurityEventInput } from '#core/contracts/security_events'

const MINUTE_MS = 60_000

@inject()
export class SecurityJournal extends SecurityEvents {
  constructor(
    private clock: Clock,
    private logger: Logger
  ) {
    super()
  }

  async report(event: SecurityEventInput) {
    try {
      await this.#write(event)
    } catch (error) {
      this.logger.error({ err: error, kind: event.kind }, 'A security event could not be written')
    }
  }

  async #write({ kind, subject, ip, adminId, requestId, details }: SecurityEventInput) {
    const now = this.clock.now()
    await db
      .knexQuery()
      .table('security_events')
      .insert({
        kind,
        subject: (subject ?? '').slice(0, 254),
        ip: (ip ?? '').slice(0, 45),
        minute: Math.floor(now / MINUTE_MS),
        count: 1,
        admin_id: adminId ?? null,
        details: toJson(auditable(details)),
        request_id: requestId?.slice(0, 64) ?? null,
        created_at: now,
        last_seen_at: now,
      })
      .onConflict(['kind', 'subject', 'ip', 'minute'])
      .merge({ count: db.knexRawQuery('security_events.count + 1'), last_seen_at: now })
  }
}
