import { Audit, type AuditEntryInput } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'

/** Keeps what would have been audited. */
export class RecordingAudit extends Audit {
  readonly entries: AuditEntryInput[] = []

  async record(_trx: Trx, entry: AuditEntryInput) {
    this.entries.push(entry)
  }
}
