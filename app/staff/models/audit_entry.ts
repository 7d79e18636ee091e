import { AuditEntrySchema } from '#database/schema'

/** Written by `Audit` only; the database refuses to change or remove it. */
export default class AuditEntry extends AuditEntrySchema {
  static table = 'audit_entries'
}
