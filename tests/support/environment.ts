import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPostgresDatabase, type OwnDatabase } from './postgres.js'

let ownDatabase: OwnDatabase | undefined

/** An empty folder that is removed when this process ends. */
export function temporaryFolder(prefix: string) {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/**
 * Variables under which the product runs with nothing prepared: fresh keys, its own data folder, no `.env` (which
 * might name a production database).
 */
export function isolatedEnvironment(folder: string): Record<string, string | undefined> {
  return {
    NODE_ENV: 'test',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    APP_KEY: randomBytes(24).toString('base64url'),
    DATA_DIR: folder,
    ENV_PATH: folder,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    TELEGRAM_BOT_TOKEN: '123456789:TEST-TOKEN-FOR-THE-SUITE-NOT-A-SECRET',
    EMBEDDED_WORKER: 'false',
    APP_KEY_PREVIOUS: undefined,
    S3_BUCKET: undefined,
    TRUSTED_PROXIES: undefined,
    ADMIN_HOST: undefined,
    ADMIN_ALLOWED_IPS: undefined,
    METRICS_ALLOWED_IPS: undefined,
    ALERT_WEBHOOK_URL: undefined,
    APP_URL: undefined,
    PUBLIC_URL: undefined,
    TELEGRAM_API_ROOT: undefined,
    TELEGRAM_WEBHOOK_SECRET: undefined,
    SANDBOX_URL: undefined,
    CRYPTO_PAY_TOKEN: undefined,
    CRYPTO_PAY_API_ROOT: undefined,
    HELEKET_MERCHANT: undefined,
    HELEKET_PAYMENT_KEY: undefined,
    HELEKET_PAYOUT_KEY: undefined,
    HELEKET_API_ROOT: undefined,
    HELEKET_WEBHOOK_IPS: undefined,
    PAYMENT_TIMEOUT: undefined,
  }
}

/** Sets variables, or removes those that are undefined. */
export function applyEnvironment(variables: Record<string, string | undefined>) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}

/**
 * The suite's own world: a SQLite file, or with DATABASE_URL a PostgreSQL database made beside the one named there.
 * Child processes inherit all of it.
 */
export async function prepareTestEnvironment() {
  applyEnvironment({
    ...isolatedEnvironment(temporaryFolder('kontora-test-')),
    HOST: process.env.HOST ?? '127.0.0.1',
    PORT: process.env.PORT ?? String(await freePort()),
  })
  if (process.env.DATABASE_URL) {
    ownDatabase = await createPostgresDatabase(process.env.DATABASE_URL, 'kontora_test')
    process.env.DATABASE_URL = ownDatabase.url
  }
}

/** Removes the PostgreSQL database that this run made. */
export async function dropOwnPostgresDatabase() {
  await ownDatabase?.drop()
}

/** A port on which nothing listens now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
