import db from '@adonisjs/lucid/services/db'

/** The two databases differ in a handful of statements; each difference asks here. */
export const isPostgres = () => db.primaryConnectionName === 'postgres'

/** Affected rows of a raw UPDATE / INSERT / DELETE without RETURNING. */
export function affectedRows(result: any): number {
  return isPostgres() ? (result.rowCount as number) : (result.changes as number)
}

/** Rows of a raw SELECT or of a statement with RETURNING. */
export function rowsOf<T = any>(result: any): T[] {
  return isPostgres() ? result.rows : result
}
