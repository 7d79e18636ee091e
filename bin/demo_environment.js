import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { freePortFrom } from './demo_network.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const envFile = join(process.env.ENV_PATH || root, '.env')
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']
const RESETTABLE = [
  'kontora.sqlite3',
  'kontora.sqlite3-wal',
  'kontora.sqlite3-shm',
  'uploads',
  'sandbox',
  'demo-owner.json',
]

/** Whatever chain `.env` names, the demo uses that of its sandbox or none. */
const NO_CHAIN = {
  CHAIN_RPC_URLS: '',
  CHAIN_ID: '',
  CHAIN_USDT_ADDRESS: '',
  CHAIN_RAFFLE_ADDRESS: '',
  CHAIN_RAFFLE_ABI: '',
  CHAIN_START_BLOCK: '',
  CHAIN_CONFIRMATIONS: '',
  CHAIN_EXPLORER_URL: '',
}

/** Reads `.env`, adds what it lacks, and answers where everything will run and with which variables. */
export async function demoEnvironment() {
  const present = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}
  refuseRealUse(present)
  const values = { ...present, ...addMissing(present) }
  const setting = (name, fallback) => process.env[name] || values[name] || fallback

  const dataDir = setting('DATA_DIR', join(root, 'storage'))
  if (process.argv.includes('--reset'))
    for (const name of RESETTABLE) rmSync(join(dataDir, name), { recursive: true, force: true })
  const logs = join(dataDir, 'logs')
  mkdirSync(logs, { recursive: true })

  const host = setting('HOST', '127.0.0.1')
  const port = Number(setting('PORT', 3333))
  const wanted = new URL(values.TELEGRAM_API_ROOT)
  const sandboxUrl = `http://127.0.0.1:${await freePortFrom(Number(wanted.port || 80))}`
  const env = {
    ...process.env,
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    REDIS_URL: '',
    PUBLIC_URL: '',
    ...NO_CHAIN,
    EMBEDDED_WORKER: 'true',
    TELEGRAM_BOT_TOKEN: values.TELEGRAM_BOT_TOKEN,
    TELEGRAM_API_ROOT: sandboxUrl,
    SANDBOX_URL: sandboxUrl,
  }
  const shownHost = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host
  return { env, host, port, dataDir, logs, sandboxUrl, url: `http://${shownHost}:${port}` }
}

/** Sample data has no place in a database that is used, nor a sandbox beside a real bot. */
function refuseRealUse({ DATABASE_URL: database, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot }) {
  const isReal = token && !(apiRoot && LOOPBACK.includes(new URL(apiRoot).hostname))
  if (!database && !isReal) return
  const reason = database ? 'names a PostgreSQL database' : 'holds the token of a real bot'
  throw new Error(
    `.env ${reason}, and the demo writes sample data: run it in a clone of its own, or move .env away first.`
  )
}

/** Nothing that is there is changed; what is missing is written once, so that keys stay the same. */
function addMissing(present) {
  const fresh = {
    APP_KEY: randomBytes(32).toString('base64url'),
    TELEGRAM_BOT_TOKEN: `7000000001:${randomBytes(26).toString('base64url')}`,
    TELEGRAM_API_ROOT: 'http://127.0.0.1:8081',
    SANDBOX_URL: 'http://127.0.0.1:8081',
  }
  const missing = Object.entries(fresh).filter(([name]) => !present[name])
  if (missing.length === 0) return {}
  const head = existsSync(envFile) ? '\n' : ''
  const lines = missing.map(([name, value]) => `${name}=${value}`)
  const note = '# Written by "npm run demo": everything on this machine. All variables: .env.example'
  appendFileSync(envFile, `${head}${note}\n${lines.join('\n')}\n`, { mode: 0o600 })
  return Object.fromEntries(missing)
}
