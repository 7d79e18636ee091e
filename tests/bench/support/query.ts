import Database from 'better-sqlite3'
import { join } from 'node:path'
import pg from 'pg'

export type Query = <T extends Record<string, any>>(sql: string) => Promise<T[]>

/** Reads a bench's database without starting the application. Call `close` at the end. */
export async function openQuery(env: Record<string, string>): Promise<{ query: Query; close(): Promise<void> }> {
  if (!env.DATABASE_URL) {
    const file = new Database(join(env.DATA_DIR, 'kontora.sqlite3'), { readonly: true })
    return { query: async (sql) => file.prepare(sql).all() as any, close: async () => void file.close() }
  }
  const client = new pg.Client({
    connectionString: env.DATABASE_URL,
    types: { getTypeParser: (oid: number, format: any) => (oid === 20 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  await client.connect()
  const query = async (sql: string) => {
    const { rows } = await client.query(sql)
    return rows
  }
  return { query, close: () => client.end() }
}
