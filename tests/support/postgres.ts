import { randomBytes } from 'node:crypto'
import pg from 'pg'

export interface OwnDatabase {
  url: string
  drop(): Promise<void>
}

/** Makes an empty database of its own beside the one that `adminUrl` names. */
export async function createPostgresDatabase(adminUrl: string, prefix: string): Promise<OwnDatabase> {
  const name = `${prefix}_${process.pid}_${randomBytes(3).toString('hex')}`
  await execute(adminUrl, `CREATE DATABASE ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => execute(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

async function execute(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
