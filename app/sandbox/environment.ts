import { Env } from '@adonisjs/core/env'

const DEFAULT_PORT = 8081
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]', '::1']

export interface SandboxEnvironment {
  production: boolean
  /** where the product looks for Telegram, if that is set */
  apiRoot?: URL
  /** the port in `apiRoot`, or the default one */
  port: number
  token?: string
}

/** The three variables that matter here. The rest of `.env` may be missing: the sandbox needs no key, no database. */
export async function readEnvironment(appRoot: URL): Promise<SandboxEnvironment> {
  const env = await Env.create(appRoot, {
    NODE_ENV: Env.schema.string.optional(),
    TELEGRAM_API_ROOT: Env.schema.string.optional({ format: 'url', tld: false, protocol: true }),
    TELEGRAM_BOT_TOKEN: Env.schema.string.optional(),
  })
  const apiRoot = env.get('TELEGRAM_API_ROOT') ? new URL(env.get('TELEGRAM_API_ROOT')!) : undefined
  return {
    production: env.get('NODE_ENV') === 'production',
    apiRoot,
    port: apiRoot && LOOPBACK.includes(apiRoot.hostname) ? Number(apiRoot.port || 80) : DEFAULT_PORT,
    token: env.get('TELEGRAM_BOT_TOKEN'),
  }
}

/** Why the sandbox must not be served here, or nothing. */
export function refusalToServe(
  { production, apiRoot, port: expectedPort }: SandboxEnvironment,
  { host, port = expectedPort }: { host: string; port?: number }
): string | undefined {
  if (production)
    return 'The sandbox is not for production: NODE_ENV is "production". Unset it, or use the real Telegram.'
  if (!LOOPBACK.includes(host)) {
    return `The sandbox listens on this machine only: --host is 127.0.0.1, ::1 or localhost and not "${host}".`
  }
  if (!apiRoot) return undefined
  if (!LOOPBACK.includes(apiRoot.hostname) || (port !== 0 && port !== expectedPort)) {
    return `TELEGRAM_API_ROOT points to ${apiRoot.origin}, so the product would not talk to a sandbox on ${host}:${port}. Set it to http://${host}:${port} or remove it.`
  }
  return undefined
}
