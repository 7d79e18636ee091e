type Value = string | number | null

/** Rows turned into one array a column, as `unnest` takes them; there is at least one row. */
export function columns<T>(rows: readonly T[], valuesOf: (row: T) => Value[]): any[] {
  const arrays: Value[][] = valuesOf(rows[0]).map(() => [])
  for (const row of rows) for (const [index, value] of valuesOf(row).entries()) arrays[index].push(value)
  return arrays
}
