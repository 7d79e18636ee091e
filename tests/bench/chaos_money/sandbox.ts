import type { NewFault } from '#sandbox/faults'
import type { SandboxServer } from '#sandbox/server'

const PUBLIC_URL = 'https://shop.example'

/**
 * Stands where a proxy with a certificate stands in production: what comes for the shop's public address goes to the
 * web process. Answers the environment in which the shop knows the sandbox's services and its own address.
 */
export function standInFront(sandbox: SandboxServer, port: number): Record<string, string> {
  const inside = (url: string) => url.replace(PUBLIC_URL, `http://127.0.0.1:${port}`)
  const { webhook, heleket } = sandbox.world
  const set = webhook.set.bind(webhook)
  webhook.set = (registered) => set({ ...registered, url: inside(registered.url) })
  const create = heleket.create.bind(heleket)
  heleket.create = (fields) => create({ ...fields, urlCallback: fields.urlCallback && inside(fields.urlCallback) })
  return {
    ...sandbox.services,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL,
    TELEGRAM_API_ROOT: sandbox.url,
    TELEGRAM_BOT_TOKEN: sandbox.token,
  }
}

/** What befalls calls, so that their outcome is unknown to the shop; and what befalls webhooks. */
export function beUnruly(sandbox: SandboxServer) {
  const webhooks = (['crypto_pay', 'heleket'] as const).flatMap((service): NewFault[] => [
    { service, kind: 'webhook_lost', probability: 0.1 },
    { service, kind: 'webhook_duplicate', probability: 0.25 },
    { service, kind: 'webhook_reorder', probability: 0.2 },
    { service, kind: 'webhook_delay', probability: 0.15, delayMs: 6000 },
    { service, kind: 'drop_after', probability: 0.02 },
    { service, kind: 'server_error', probability: 0.02, status: 502 },
  ])
  sandbox.faults.set(
    ...webhooks,
    { service: 'fragment', kind: 'drop_after', probability: 0.01 },
    { service: 'fragment', kind: 'late', probability: 0.2, delayMs: 4000 },
    { service: 'ton', kind: 'drop_after', probability: 0.01 }
  )
}

/** No new trouble; what is lost stays lost, what is late comes. */
export const calmDown = (sandbox: SandboxServer) => sandbox.faults.clear()
