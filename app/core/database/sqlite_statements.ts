import type { Database, Statement } from 'better-sqlite3'
import type { Trx } from '#core/database/transaction'

const prepared = new WeakMap<Database, Map<string, Statement>>()

/**
 * Statements of SQLite's driver inside a transaction, prepared once for each connection: a tenth of what the query
 * builder takes. For the few places where that is felt; the SQL must be fixed, since nothing is ever forgotten.
 */
export async function sqliteStatements(trx: Trx): Promise<(sql: string) => Statement<any[], any>> {
  const connection: Database = await (trx.knexClient as any).client.acquireConnection()
  const statements = prepared.get(connection) ?? new Map<string, Statement>()
  prepared.set(connection, statements)
  return (sql) => {
    const known = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, known)
    return known
  }
}
