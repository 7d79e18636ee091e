import { Env } from '@adonisjs/core/env'
import { protect } from '#core/redaction'
import * as rule from '#start/env_rules'

/** The compiled application lies in `build/` and reads the `.env` beside that folder, which each build removes. */
const appRoot = new URL('../', import.meta.url)
const isBuild = appRoot.pathname.endsWith('/build/')
const envFolder = isBuild ? new URL('../', appRoot) : appRoot

const TELEGRAM_SECRET = /^[A-Za-z0-9_-]+$/
const TELEGRAM_TOKEN = /^\d+:[A-Za-z0-9_-]+$/
const CRYPTO_PAY_TOKEN = /^\d+:[A-Za-z0-9_-]+$/

/**
 * Every variable the product reads, validated before anything starts. What is optional has an embedded default or
 * turns its part off (see `.env.example`).
 */
const env = await Env.create(envFolder, {
  NODE_ENV: Env.schema.enum.optional(['development', 'production', 'test'] as const),
  HOST: rule.optional(rule.host),
  PORT: rule.optional(rule.integer(1, 65535)),
  APP_KEY: rule.key(32),
  APP_KEY_PREVIOUS: rule.optional(rule.secret(32, 4096)),
  APP_NAME: Env.schema.string.optional(),
  APP_URL: rule.optional(rule.webUrl),
  PUBLIC_URL: rule.optional(rule.httpsUrl),
  TRUSTED_PROXIES: rule.optional(rule.networks),
  ADMIN_HOST: rule.optional(rule.host),
  ADMIN_ALLOWED_IPS: rule.optional(rule.networks),
  LOG_LEVEL: Env.schema.enum.optional(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const),
  DATA_DIR: rule.optional(rule.absolutePath),

  DATABASE_URL: rule.optional(
    rule.serverUrl(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database')
  ),
  DATABASE_POOL_MAX: rule.optional(rule.integer(2, 1000)),
  REDIS_URL: rule.optional(rule.serverUrl(['redis:', 'rediss:'], 'redis://:password@host:6379/0')),

  TELEGRAM_BOT_TOKEN: rule.optional(
    rule.secret(10, 256, TELEGRAM_TOKEN, 'be a token as @BotFather gives it: 123456789:ABC...')
  ),
  TELEGRAM_API_ROOT: rule.optional(rule.webUrl),
  TELEGRAM_WEBHOOK_SECRET: rule.optional(
    rule.secret(1, 256, TELEGRAM_SECRET, 'consist of letters, digits, "_" and "-" only, as Telegram demands')
  ),

  CRYPTO_PAY_TOKEN: rule.optional(
    rule.secret(10, 256, CRYPTO_PAY_TOKEN, 'be a token as @CryptoBot gives it: 12345:AAbbCC...')
  ),
  CRYPTO_PAY_API_ROOT: rule.optional(rule.webUrl),
  HELEKET_MERCHANT: rule.optional(rule.uuid),
  HELEKET_PAYMENT_KEY: rule.optional(rule.secret(8, 256)),
  HELEKET_PAYOUT_KEY: rule.optional(rule.secret(8, 256)),
  HELEKET_API_ROOT: rule.optional(rule.webUrl),
  HELEKET_WEBHOOK_IPS: rule.optional(rule.networks),
  PAYMENT_TIMEOUT: rule.optional(rule.integer(300, 43_200)),

  FRAGMENT_URL: rule.optional(rule.webUrl),
  TON_API_URL: rule.optional(rule.webUrl),
  TON_API_KEY: rule.optional(rule.secret(8, 256)),

  CHAIN_RPC_URLS: rule.optional(rule.secretUrls),
  CHAIN_ID: rule.optional(rule.integer(1, Number.MAX_SAFE_INTEGER)),
  CHAIN_USDT_ADDRESS: rule.optional(rule.evmAddress),
  CHAIN_RAFFLE_ADDRESS: rule.optional(rule.evmAddress),
  CHAIN_RAFFLE_ABI: rule.optional(rule.absolutePath),
  CHAIN_START_BLOCK: rule.optional(rule.integer(0, Number.MAX_SAFE_INTEGER)),
  CHAIN_CONFIRMATIONS: rule.optional(rule.integer(1, 1000)),
  CHAIN_POLL_MS: rule.optional(rule.integer(100, 60_000)),
  CHAIN_EXPLORER_URL: rule.optional(rule.webUrl),

  EMBEDDED_WORKER: rule.optional(rule.boolean),
  SANDBOX_URL: rule.optional(rule.webUrl),

  HEALTH_CHECK_INTERVAL: rule.optional(rule.integer(1, 3600)),
  METRICS_ALLOWED_IPS: rule.optional(rule.networks),
  METRICS_PORT: rule.optional(rule.integer(1, 65535)),

  ALERT_WEBHOOK_URL: rule.optional(rule.secretUrl),

  S3_BUCKET: Env.schema.string.optional(),
  S3_REGION: Env.schema.string.optional(),
  S3_ENDPOINT: rule.optional(rule.webUrl),
  S3_ACCESS_KEY_ID: rule.optional(rule.secret(1, 256)),
  S3_SECRET_ACCESS_KEY: rule.optional(rule.secret(1, 256)),
})

/** Not reachable from outside unless somebody says so. The port stays unset: processes started from here pick theirs. */
env.set('HOST', env.get('HOST', '127.0.0.1'))
env.set('NODE_ENV', env.get('NODE_ENV', isBuild ? 'production' : 'development'))

for (const name of [
  'APP_KEY',
  'APP_KEY_PREVIOUS',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'CRYPTO_PAY_TOKEN',
  'HELEKET_PAYMENT_KEY',
  'HELEKET_PAYOUT_KEY',
  'TON_API_KEY',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const) {
  protect(env.get(name)?.release())
}
protect(env.get('ALERT_WEBHOOK_URL'))
/** Providers of nodes put their key into the path or the query. */
for (const address of env.get('CHAIN_RPC_URLS') ?? []) {
  const { pathname, search, password } = new URL(address)
  protect(password, search.slice(1), ...pathname.split('/').filter((part) => part.length >= 20))
}
for (const name of ['DATABASE_URL', 'REDIS_URL'] as const) {
  const { password } = new URL(env.get(name) ?? 'none:')
  protect(password, decodeURIComponent(password))
}

export default env
