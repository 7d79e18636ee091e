import { rowsOf } from '#core/database/dialect'
import { toJson } from '#core/database/columns'
import type { Trx } from '#core/database/transaction'
import type { AlertInput } from '#core/contracts/alerts'

export interface JournalEntry {
  id: number
  /** This very occurrence is to be told; the others of its spell are only counted. */
  mustTell: boolean
}

/**
 * Counts an occurrence. One UPSERT on the open spell, so that of many who see the same trouble at once exactly one
 * tells of it: the one whose number was stored as `notified_occurrence`. Growing worse is told at once.
 */
export async function recordOccurrence(
  trx: Trx,
  alert: AlertInput,
  now: number,
  throttleMs: number
): Promise<JournalEntry> {
  const quietSince = now - throttleMs
  const toldLately = await trx
    .from('admin_alerts')
    .where('fingerprint', alert.fingerprint)
    .where('notified_at', '>', quietSince)
    .select('id')
    .first()
  const decision = [toldLately ? 1 : 0, quietSince]
  const bindings: unknown[] = [
    alert.fingerprint,
    alert.kind,
    alert.severity,
    alert.title.slice(0, 300),
    toJson(alert.details),
    toldLately ? null : 1,
    toldLately ? null : now,
    now,
    now,
    ...decision,
    ...decision,
  ]
  const result = await trx.rawQuery(RECORD, bindings as any[])
  const [row] = rowsOf<{ id: number; occurrences: number; notified_occurrence: number | null }>(result)
  return { id: row.id, mustTell: row.notified_occurrence === row.occurrences }
}

/** Decided on the locked row, because others may have told of it since `toldLately` was read. */
const MUST_TELL = `((? = 0 AND COALESCE(admin_alerts.notified_at, 0) <= ?)
  OR (excluded.severity = 'critical' AND admin_alerts.severity <> 'critical'))`

const RECORD = `INSERT INTO admin_alerts (fingerprint, kind, severity, title, details, occurrences,
    notified_occurrence, notified_at, created_at, last_seen_at)
  VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
  ON CONFLICT (fingerprint) WHERE resolved_at IS NULL DO UPDATE SET
    occurrences = admin_alerts.occurrences + 1,
    title = excluded.title,
    details = excluded.details,
    last_seen_at = excluded.last_seen_at,
    severity = CASE WHEN excluded.severity = 'critical' THEN 'critical' ELSE admin_alerts.severity END,
    notified_occurrence = CASE WHEN ${MUST_TELL} THEN admin_alerts.occurrences + 1
      ELSE admin_alerts.notified_occurrence END,
    notified_at = CASE WHEN ${MUST_TELL} THEN excluded.last_seen_at ELSE admin_alerts.notified_at END
  RETURNING id, occurrences, notified_occurrence`

/** Closes the open spell. Null when there is none; `wasTold`: somebody waits for the news. */
export async function closeSpell(trx: Trx, fingerprint: string, now: number, quietForMs: number) {
  const result = await trx.rawQuery(
    `UPDATE admin_alerts SET resolved_at = ? WHERE fingerprint = ? AND resolved_at IS NULL AND last_seen_at <= ?
     RETURNING id, kind, severity, title, notified_at`,
    [now, fingerprint, now - quietForMs]
  )
  const [row] = rowsOf<Pick<AlertInput, 'kind' | 'severity' | 'title'> & { id: number; notified_at: number | null }>(
    result
  )
  return row ? { ...row, wasTold: row.notified_at !== null } : null
}

export async function isOpen(trx: Trx, fingerprint: string) {
  const row = await trx
    .from('admin_alerts')
    .where('fingerprint', fingerprint)
    .whereNull('resolved_at')
    .select('id')
    .first()
  return row !== null
}
