import { createServer } from 'node:http'
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import pg from 'pg'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import { dataPath } from '#config/data_dir'
import { prepareSqliteConnection } from '#core/database/sqlite_connection'
import { readBody } from '#core/read_body'

type Store = (event: unknown[], job: unknown[]) => Promise<void>

const EVENT = `INSERT INTO webhook_events (provider, event_key, body, deliveries, attempts, received_at, last_received_at)
  VALUES (?, ?, ?, 1, 0, ?, ?)`
const JOB = `INSERT INTO queue_jobs (id, queue, status, data, score) VALUES (?, 'default', 'pending', ?, ?)`

/** The product's routes, and one that does the same inserts through the bare driver, until it is told to stop. */
export default async function serveWebhooks() {
  const store = process.env.DATABASE_URL ? postgresStore(process.env.DATABASE_URL) : sqliteStore()
  let events = 0
  router.post('/bench/bare', async ({ request, response }) => {
    const body = await readBody(request.request, 1024 * 1024)
    const [now, id] = [Date.now(), ++events]
    const job = {
      id: randomUUID(),
      name: 'payments.process_webhooks',
      payload: { eventIds: [id] },
      attempts: 0,
      createdAt: now,
    }
    await store(['bare', `invoice_paid:${id}`, body!.toString('base64'), now, now], [job.id, JSON.stringify(job), now])
    return response.ok({ ok: true })
  })
  const server = await app.container.make('server')
  await server.boot()
  const http = createServer(server.handle.bind(server)).listen(0, '127.0.0.1', () => {
    const { port } = http.address() as { port: number }
    process.send!({ port })
  })
  await new Promise((resolve) => process.once('message', resolve))
  http.closeAllConnections()
  http.close()
}

function postgresStore(connectionString: string): Store {
  const pool = new pg.Pool({ connectionString, max: 10 })
  const numbered = (sql: string) => {
    let n = 0
    return sql.replace(/\?/g, () => `$${++n}`)
  }
  const [insertEvent, insertJob] = [numbered(EVENT), numbered(JOB)]
  return async (event, job) => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(insertEvent, event)
      await client.query(insertJob, job)
      await client.query('COMMIT')
    } finally {
      client.release()
    }
  }
}

function sqliteStore(): Store {
  const database = new Database(dataPath('kontora.sqlite3'))
  prepareSqliteConnection(database, () => {})
  const [insertEvent, insertJob] = [database.prepare(EVENT), database.prepare(JOB)]
  const both = database.transaction((event: unknown[], job: unknown[]) => {
    insertEvent.run(...event)
    insertJob.run(...job)
  })
  return async (event, job) => both.immediate(event, job)
}
