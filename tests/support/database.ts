import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { isPostgres, rowsOf } from '#core/database/dialect'
import { forgetPace } from '#tests/support/telegram/pace'

const KEPT = new Set(['adonis_schema', 'adonis_schema_versions', 'settings_versions', 'sqlite_sequence'])

/** Empties every table, append-only ones too. Call it in `group.each.setup`. */
export async function resetDatabase() {
  if (isPostgres()) await resetPostgres()
  else await resetSqlite()
  await resetRedis()
  const settings = await app.container.make(Settings)
  settings.forget()
  await forgetPace()
}

/**
 * TRUNCATE of every table takes a third of a second; most are empty, and deleting a few rows takes none. The role
 * "replica" leaves triggers and foreign keys out of it.
 */
async function resetPostgres() {
  const tables = rowsOf<{ name: string }>(
    await db.rawQuery(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
  ).filter(({ name }) => !KEPT.has(name))
  const filled = rowsOf<{ name: string }>(
    await db.rawQuery(
      tables.map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM "${name}")`).join(' UNION ALL ')
    )
  )
  if (filled.length === 0) return
  const sequences = rowsOf<{ name: string }>(
    await db.rawQuery(`SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public'`)
  ).filter(({ name }) => filled.some((table) => name === `${table.name}_id_seq`))
  await db.rawQuery(
    [
      'SET session_replication_role = replica',
      ...filled.map(({ name }) => `DELETE FROM "${name}"`),
      ...sequences.map(({ name }) => `ALTER SEQUENCE "${name}" RESTART`),
      'SET session_replication_role = origin',
    ].join(';\n')
  )
}

/** Limits and the pace of sending, when Redis keeps them: its database is the suite's own. */
async function resetRedis() {
  if (!process.env.REDIS_URL) return
  const { default: redis } = await import('@adonisjs/redis/services/main')
  await redis.connection('main').flushdb()
}

async function resetSqlite() {
  const objects = rowsOf<{ type: string; name: string; sql: string }>(
    await db.rawQuery(`SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')`)
  )
  const triggers = objects.filter(({ type }) => type === 'trigger')
  const tables = objects.filter(({ type, name }) => type === 'table' && !KEPT.has(name))
  await db.rawQuery('PRAGMA foreign_keys = OFF')
  for (const { name } of triggers) await db.rawQuery(`DROP TRIGGER "${name}"`)
  for (const { name } of tables) await db.rawQuery(`DELETE FROM "${name}"`)
  for (const { sql } of triggers) await db.rawQuery(sql)
  await db.rawQuery('DELETE FROM sqlite_sequence')
  await db.rawQuery('PRAGMA foreign_keys = ON')
}
