import { isPostgres, rowsOf } from '#core/database/dialect'
import { sqliteStatements } from '#core/database/sqlite_statements'
import type { Trx } from '#core/database/transaction'

/** Runs fixed SQL inside a transaction and answers its rows; SQLite prepares it once for each connection. */
export async function runStatement<T = any>(trx: Trx, sql: string, bindings: unknown[] = []): Promise<T[]> {
  if (isPostgres()) return rowsOf<T>(await trx.rawQuery(sql, bindings as any[]))
  const run = await sqliteStatements(trx)
  const statement = run(sql)
  if (statement.reader) return statement.all(...bindings)
  statement.run(...bindings)
  return []
}

/**
 * A table made of one binding, for statements about many rows: `jsonRows('d', { customer_id: 'bigint' })` reads what
 * `JSON.stringify([{ customer_id: 1 }])` says.
 */
export function jsonRows(alias: string, columns: Record<string, 'bigint' | 'text'>): string {
  const names = Object.keys(columns)
  if (isPostgres()) {
    const types = names.map((name) => `${name} ${columns[name]}`).join(', ')
    return `json_to_recordset(?::json) AS ${alias} (${types})`
  }
  return `(SELECT ${names.map((name) => `value ->> '${name}' AS ${name}`).join(', ')} FROM json_each(?)) AS ${alias}`
}
