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
  /** where the product's web process listens, for the webhooks of payment providers */
  productUrl: string
}

/** The few variables that matter here. The rest of `.env` may be missing: the sandbox needs no key, no database. */
export async function readEnvironment(appRoot: URL): Promise<SandboxEnvironment> {
  const env = await Env.create(appRoot, {
    NODE_ENV: Env.schema.string.optional(),
    TELEGRAM_API_ROOT: Env.schema.string.optional({ format: 'url', tld: false, protocol: true }),
    TELEGRAM_BOT_TOKEN: Env.schema.string.optional(),
    HOST: Env.schema.string.optional(),
    PORT: Env.schema.number.optional(),
  })
  const apiRoot = env.get('TELEGRAM_API_ROOT') ? new URL(env.get('TELEGRAM_API_ROOT')!) : undefined
  return {
    production: env.get('NODE_ENV') === 'production',
    apiRoot,
    port: apiRoot && LOOPBACK.includes(apiRoot.hostname) ? Number(apiRoot.port || 80) : DEFAULT_PORT,
    token: env.get('TELEGRAM_BOT_TOKEN'),
    productUrl: productUrl(env.get('HOST', '127.0.0.1'), env.get('PORT', 3333)),
  }
}

/** The product on this machine; one that listens everywhere listens here too. */
function productUrl(host: string, port: number): string {
  const here = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host
  return `http://${here.includes(':') ? `[${here}]` : here}:${port}`
}

/** Why the sandbox must not be served here, or nothing. */
export function refusalToServe(
  { production, apiRoot, port: expectedPort }: Omit<SandboxEnvironment, 'productUrl'>,
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
