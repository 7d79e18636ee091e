import type { Database } from 'better-sqlite3'

/**
 * A transaction that reads first and writes later fails at once with SQLITE_BUSY when another process wrote
 * in between, and no time-out cures it: so every transaction takes the write lock when it begins.
 */
export function prepareSqliteConnection(
  connection: Database,
  done: (error: Error | null, connection: Database) => void
) {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('busy_timeout = 10000')
  connection.pragma('foreign_keys = ON')
  connection.pragma('cache_size = -32000')

  const prepare = connection.prepare.bind(connection)
  connection.prepare = ((sql: string) =>
    prepare(/^\s*BEGIN\s*;?\s*$/i.test(sql) ? 'BEGIN IMMEDIATE' : sql)) as typeof connection.prepare
  done(null, connection)
}
