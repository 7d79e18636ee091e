import { setTimeout as sleep } from 'node:timers/promises'
import { paidOutside } from '#tests/bench/chaos_money/proof'
import type { Query } from '#tests/bench/support/query'
import type { SandboxServer } from '#sandbox/server'

const LOOK_MS = 500

/** Waits until nobody waits for anything any more; answers what still waits after that time, in words. */
export async function untilSettled({ sandbox, query, timeoutMs }: Settling): Promise<string[]> {
  const until = performance.now() + timeoutMs
  for (;;) {
    const open = [...openWebhooks(sandbox), ...(await openUpdates(query)), ...(await openMoney(sandbox, query))]
    if (open.length === 0 || performance.now() > until) return open
    await sleep(LOOK_MS)
  }
}

interface Settling {
  sandbox: SandboxServer
  query: Query
  timeoutMs: number
}

function openWebhooks(sandbox: SandboxServer) {
  return sandbox.webhooks
    .list()
    .filter(({ state }) => state === 'pending' || state === 'held')
    .map(({ service, event, subject }) => `the webhook ${event} of ${subject} (${service})`)
}

async function openUpdates(query: Query) {
  const updates = await query<{ kind: string; count: number }>(
    `SELECT kind, count(*)::int AS count FROM bot_updates WHERE finished_at IS NULL GROUP BY kind`
  )
  const events = await query<{ id: number; error: string | null }>(
    `SELECT id, error FROM webhook_events WHERE processed_at IS NULL`
  )
  return [
    ...updates.map(({ kind, count }) => `${count} updates of the bot (${kind})`),
    ...events.map(({ id, error }) => `webhook event ${id} (${error ?? 'never tried'})`),
  ]
}

async function openMoney(sandbox: SandboxServer, query: Query) {
  const paid = paidOutside(sandbox)
  const invoices = await query<{ id: number; provider: string; provider_invoice_id: string; status: string }>(
    `SELECT id, provider, provider_invoice_id, status FROM invoices WHERE status IN ('created', 'pending')`
  )
  const orders = await query<{
    reference: string
    status: string
    attention: string | null
    state: string | null
    error: string | null
  }>(
    `SELECT o.reference, o.status, o.attention, f.state, f.error FROM star_orders o
       LEFT JOIN star_fulfilments f ON f.order_id = o.id AND f.finished_at IS NULL
     WHERE o.status IN ('paid', 'fulfilling', 'failed')`
  )
  return [
    ...invoices
      .filter((row) => paid[row.provider]?.includes(row.provider_invoice_id))
      .map(({ id, provider, status }) => `invoice ${id} (${provider}) is ${status} and paid`),
    ...orders.map(
      (row) => `order ${row.reference} is ${row.status} (${[row.state, row.attention, row.error].join(', ')})`
    ),
  ]
}
