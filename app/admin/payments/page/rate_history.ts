import AuditEntry from '#staff/models/audit_entry'

const SHOWN = 20

export interface RateChange {
  id: number
  at: number
  actor: string
  pair: string
  /** Null: the manual rate was dropped. */
  rate: string | null
  reason: string | null
}

/** Rates that were set and dropped by hand, the latest first. */
export async function rateHistory(): Promise<RateChange[]> {
  const entries = await AuditEntry.query().where('subjectType', 'exchange_rate').orderBy('id', 'desc').limit(SHOWN)
  return entries.map(({ id, createdAt, actorName, subjectId, after }) => ({
    ...{ id, at: createdAt, actor: actorName, pair: subjectId },
    rate: textOf(after?.rate),
    reason: textOf(after?.reason),
  }))
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
