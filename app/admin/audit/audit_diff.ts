export interface FieldChange {
  field: string
  before: string | null
  after: string | null
  changed: boolean
}

type Values = Record<string, unknown> | null

/** What an entry says field by field, the changed ones first. `null` is a side that does not name the field. */
export function diffOf(before: Values, after: Values): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const changes = fields.map((field) => {
    const [was, is] = [written(before, field), written(after, field)]
    return { field, before: was, after: is, changed: was !== is }
  })
  return [...changes.filter(({ changed }) => changed), ...changes.filter(({ changed }) => !changed)]
}

function written(values: Values, field: string): string | null {
  if (!values || !Object.hasOwn(values, field)) return null
  const value = values[field]
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}
