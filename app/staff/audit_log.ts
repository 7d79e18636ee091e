import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { toJson } from '#core/database/columns'
import { Audit, type AuditEntryInput } from '#core/contracts/audit'
import { auditable } from '#staff/audit_values'

@inject()
export class AuditLog extends Audit {
  constructor(private clock: Clock) {
    super()
  }

  async record(trx: Trx, entry: AuditEntryInput) {
    const { actor } = entry
    await trx.table('audit_entries').insert({
      created_at: this.clock.now(),
      actor_type: actor.type,
      actor_id: actor.id,
      actor_name: actor.name.slice(0, 100),
      action: entry.action,
      subject_type: entry.subjectType,
      subject_id: String(entry.subjectId),
      before: toJson(auditable(entry.before)),
      after: toJson(auditable(entry.after)),
      ip: actor.ip ?? null,
      request_id: actor.requestId?.slice(0, 64) ?? null,
    })
  }
}
