/** A piece of a statement with what fills its question marks. */
export interface Sql {
  sql: string
  bindings: Array<string | number>
}

/** A whole number written into the statement: PostgreSQL takes a bound one in a SELECT list for text. */
export function literal(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number`)
  return String(value)
}

/** A number for each customer that depends on their zone alone; `fallbackZone` for those without one. */
export function byZone(zones: string[], fallbackZone: string, valueOf: (zone: string) => number): Sql {
  const fallback = literal(valueOf(fallbackZone))
  const different = zones.filter((zone) => literal(valueOf(zone)) !== fallback)
  if (different.length === 0) return { sql: fallback, bindings: [] }
  const arms = different.map((zone) => `WHEN ? THEN ${literal(valueOf(zone))}`)
  return { sql: `CASE customers.time_zone ${arms.join(' ')} ELSE ${fallback} END`, bindings: different }
}
