import { fieldText } from '#admin/audit/audit_words'

export interface FieldChange {
  /** In words. */
  field: string
  before: string | null
  after: string | null
  changed: boolean
}

const INSTANT_FIELD = /(_at|[a-z]At)$/

type Values = Record<string, unknown> | null

/** What an entry says field by field, the changed ones first. `null` is a side that does not name the field. */
export function diffOf(before: Values, after: Values, instant: (at: number) => string): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const changes = fields.map((field) => {
    const [was, is] = [written(before, field, instant), written(after, field, instant)]
    return { field: fieldText(field), before: was, after: is, changed: was !== is }
  })
  return [...changes.filter(({ changed }) => changed), ...changes.filter(({ changed }) => !changed)]
}

function written(values: Values, field: string, instant: (at: number) => string): string | null {
  if (!values || !Object.hasOwn(values, field)) return null
  const value = values[field]
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number' && INSTANT_FIELD.test(field)) return instant(value)
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}
