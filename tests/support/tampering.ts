import db from '@adonisjs/lucid/services/db'
import { isPostgres, rowsOf } from '#core/database/dialect'

/** Changes rows as somebody with the database's own tools could: no trigger and no foreign key is asked. */
export async function tamper(...statements: string[]) {
  if (isPostgres()) {
    const sql = ['SET session_replication_role = replica', ...statements, 'SET session_replication_role = origin']
    await db.rawQuery(sql.join(';\n'))
    return
  }
  const triggers = rowsOf<{ name: string; sql: string }>(
    await db.rawQuery(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`)
  )
  await db.rawQuery('PRAGMA foreign_keys = OFF')
  await db.rawQuery('PRAGMA ignore_check_constraints = ON')
  for (const { name } of triggers) await db.rawQuery(`DROP TRIGGER "${name}"`)
  for (const statement of statements) await db.rawQuery(statement)
  for (const { sql } of triggers) await db.rawQuery(sql)
  await db.rawQuery('PRAGMA ignore_check_constraints = OFF')
  await db.rawQuery('PRAGMA foreign_keys = ON')
}
