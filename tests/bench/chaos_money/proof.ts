import type { Query } from '#tests/bench/support/query'
import type { HandDone } from '#tests/bench/scripts/deliver_by_hand'
import type { Deed } from '#tests/bench/chaos_money/shopper'
import type { SandboxServer } from '#sandbox/server'

/** What the servers outside say was paid: by provider, as the product's invoices name it. */
export function paidOutside(sandbox: SandboxServer): Record<string, string[]> {
  const heleket = sandbox.heleket.all().filter(({ status }) => status === 'paid' || status === 'paid_over')
  return {
    crypto_pay: sandbox.cryptoPay
      .all()
      .filter(({ paid }) => paid)
      .map(({ id }) => String(id)),
    heleket: heleket.map(({ uuid }) => uuid),
    telegram_stars: sandbox.world.payments.all().map(({ payload }) => payload),
  }
}

interface InvoiceRow {
  id: number
  provider: string
  provider_invoice_id: string
  status: string
  credits: number
}

interface OrderRow {
  reference: string
  status: string
  attention: string | null
  provider: string
  pay_with: string
  recipient_username: string
  stars: number
  payments: number
  refunds: number
}

/** The product's books, and how often each thing was booked. */
export async function readBooks(query: Query) {
  const invoices = await query<InvoiceRow>(
    `SELECT id, provider, provider_invoice_id, status,
       (SELECT count(*) FROM ledger_transfers t WHERE t.kind IN ('top_up', 'purchase')
         AND t.reference_type = 'invoice' AND t.reference_id = CAST(invoices.id AS text))::int AS credits
     FROM invoices`
  )
  const orders = await query<OrderRow>(
    `SELECT reference, status, attention, provider, pay_with, recipient_username, stars + bonus AS stars,
       (SELECT count(*) FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
          JOIN ledger_transfers t ON t.id = e.transfer_id
         WHERE a.code = 'TON:system:revenue' AND e.amount > 0 AND t.kind = 'purchase'
           AND (t.reference_id = o.reference AND t.reference_type = 'star_order'
             OR t.reference_id = CAST(o.invoice_id AS text) AND t.reference_type = 'invoice'))::int AS payments,
       (SELECT count(*) FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
          JOIN ledger_transfers t ON t.id = e.transfer_id
         WHERE a.code = 'TON:system:revenue' AND e.amount < 0 AND t.kind = 'refund'
           AND (t.reference_id = o.reference AND t.reference_type = 'star_order'
             OR t.reference_id = CAST(o.invoice_id AS text) AND t.reference_type = 'invoice'))::int AS refunds
     FROM star_orders o`
  )
  const wallets = await query<{ telegram_id: number; balance: number }>(
    `SELECT c.telegram_id, coalesce(sum(e.amount), 0)::bigint AS balance FROM customers c
       JOIN ledger_accounts a ON a.customer_id = c.id AND a.kind = 'wallet' AND a.currency = 'TON'
       JOIN ledger_entries e ON e.account_id = a.id GROUP BY c.telegram_id`
  )
  return { invoices, orders, wallets: new Map(wallets.map((row) => [row.telegram_id, row.balance])) }
}

export type Books = Awaited<ReturnType<typeof readBooks>>

/** Each thing that went wrong, in words; `lost` what somebody is still owed, `doubled` what was done once too often. */
export class Proof {
  readonly lost: string[] = []
  readonly doubled: string[] = []

  exactlyOnce(what: string, times: number) {
    if (times < 1) this.lost.push(`${what}: never`)
    else if (times > 1) this.doubled.push(`${what}: ${times} times`)
  }

  /** Every payment that a provider took is credited once, and none was credited that no provider took. */
  payments(outside: Record<string, string[]>, { invoices }: Books) {
    for (const [provider, ids] of Object.entries(outside)) {
      for (const id of new Set(ids)) {
        const ours = invoices.filter((row) => row.provider === provider && row.provider_invoice_id === id)
        const credits = ours.reduce((sum, row) => sum + row.credits, 0)
        this.exactlyOnce(`payment ${id} (${provider}, here ${ours[0]?.status ?? 'unknown'})`, credits)
      }
      if (new Set(ids).size < ids.length) this.doubled.push(`${provider} was let collect twice for one invoice`)
      const invented = invoices.filter(
        (row) => row.provider === provider && row.credits > 0 && !ids.includes(row.provider_invoice_id)
      )
      for (const { id } of invented) this.doubled.push(`invoice ${id} was credited, and ${provider} got nothing`)
    }
  }

  /** Every order that a customer paid is in the books once, and ends in one way. */
  orders(bought: Extract<Deed, { kind: 'purchase' }>[], { orders }: Books, byHand: HandDone[]) {
    const wanted = new Set(bought.map(({ order }) => order))
    for (const reference of wanted) {
      const order = orders.find((row) => row.reference === reference)
      this.exactlyOnce(`charge for order ${reference}`, order?.payments ?? 0)
      const isFulfilled = order?.status === 'fulfilled' ? 1 : 0
      this.exactlyOnce(
        `end of order ${reference} (${order?.status} ${order?.attention ?? ''})`,
        isFulfilled + (order?.refunds ?? 0)
      )
      if (order?.provider === 'manual') {
        this.exactlyOnce(`order ${reference} by hand`, byHand.filter((done) => done.reference === reference).length)
      }
    }
    for (const { reference } of orders.filter((row) => row.payments > 0 && !wanted.has(row.reference))) {
      this.doubled.push(`order ${reference} was charged, and nobody ordered it`)
    }
  }

  /** Fragment gave every recipient as many Stars as our orders say, in as many purchases. */
  fragment(sandbox: SandboxServer, { orders }: Books) {
    const outside = sandbox.fragment.purchases().filter(({ state }) => state === 'done' || state === 'paid')
    const ours = orders.filter((row) => row.provider === 'fragment' && row.status === 'fulfilled')
    const keys = new Set([
      ...outside.map((row) => `${row.quantity} Stars for @${row.username}`),
      ...ours.map((row) => `${row.stars} Stars for @${row.recipient_username}`),
    ])
    for (const key of keys) {
      const bought = outside.filter((row) => `${row.quantity} Stars for @${row.username}` === key).length
      const due = ours.filter((row) => `${row.stars} Stars for @${row.recipient_username}` === key).length
      for (let i = bought; i < due; i++) this.lost.push(`${key}: Fragment did not deliver`)
      for (let i = due; i < bought; i++) this.doubled.push(`${key}: Fragment delivered once more`)
    }
    return outside.length
  }

  /** What a customer has is what they had and paid in, less what they bought, plus what came back. */
  balance(name: string, expected: number, actual: number) {
    if (actual < expected) this.lost.push(`${name} has ${actual} nanoton instead of ${expected}`)
    if (actual > expected) this.doubled.push(`${name} has ${actual} nanoton instead of ${expected}`)
  }
}
