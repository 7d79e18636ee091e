import { randomBytes } from 'node:crypto'
import { FragmentError } from '#sandbox/fragment/fragment_error'
import { FragmentSession } from '#sandbox/fragment/session'
import type { StarsPurchase, StrayPayment } from '#sandbox/fragment/types'
import { decimal, dividedBy, formatDecimal, roundUp, times } from '#sandbox/services/decimal'
import type { ServiceContext } from '#sandbox/services/service'
import type { Customers } from '#sandbox/state/customers'
import type { Customer } from '#sandbox/state/types'
import type { TonTransfer } from '#sandbox/ton/types'

/** Where Fragment is paid: an address that belongs to nobody. */
export const FRAGMENT_WALLET = '0:f7a60e47000000000000000000000000000000000000000000000000000f7a60'

const MIN_QUANTITY = 50
const MAX_QUANTITY = 10_000_000
const USD_PER_STAR = decimal('0.015')
const NANO_PER_DECIMAL = 1_000_000_000n

interface Snapshot {
  purchases: StarsPurchase[]
  stray: StrayPayment[]
}

/** Fragment's shop for Telegram Stars: purchases for usernames, paid in TON. */
export class Fragment {
  readonly session = new FragmentSession()
  #purchases = new Map<string, StarsPurchase>()
  #recipients = new Map<string, number>()
  #stray: StrayPayment[] = []
  #timers = new Set<NodeJS.Timeout>()

  constructor(
    readonly context: ServiceContext,
    readonly customers: Customers
  ) {}

  /** Oldest first. */
  purchases(): StarsPurchase[] {
    return [...this.#purchases.values()]
  }

  stray(): readonly StrayPayment[] {
    return this.#stray
  }

  find(id: string): StarsPurchase | undefined {
    return this.#purchases.get(id)
  }

  /** Who has this username, and the word by which a purchase names them. */
  recipient(query: string): { customer: Customer; recipient: string } {
    const username = query.trim().replace(/^@/, '')
    if (!username) throw new FragmentError('Please enter a Telegram username.')
    const customer = this.customers.findByUsername(username)
    if (!customer || customer.deactivated) throw new FragmentError('No Telegram users found.')
    const known = [...this.#recipients].find(([, id]) => id === customer.id)
    const recipient = known?.[0] ?? randomBytes(36).toString('base64url')
    this.#recipients.set(recipient, customer.id)
    return { customer, recipient }
  }

  create(recipient: string, quantityText: string): StarsPurchase {
    const customerId = this.#recipients.get(recipient)
    if (customerId === undefined) throw new FragmentError('Recipient not found')
    const quantity = Number(quantityText)
    if (!Number.isInteger(quantity) || quantity < MIN_QUANTITY || quantity > MAX_QUANTITY) {
      throw new FragmentError('Invalid quantity')
    }
    const purchase: StarsPurchase = {
      id: randomBytes(15).toString('base64url'),
      customerId,
      username: this.customers.get(customerId).username ?? '',
      quantity,
      amount: this.price(quantity),
      state: 'created',
      createdAt: this.context.clock.now(),
    }
    this.#purchases.set(purchase.id, purchase)
    this.#changed()
    return purchase
  }

  /** Nanoton, to four places of a TON. */
  price(quantity: number): bigint {
    const usd = times(decimal(String(quantity)), USD_PER_STAR)
    return roundUp(dividedBy(usd, this.context.rates.usd('TON')), 4) / NANO_PER_DECIMAL
  }

  /** The message that pays the purchase. Asked again, it is the same one. */
  async link(purchase: StarsPurchase, from: string): Promise<void> {
    if (purchase.state !== 'created' && purchase.state !== 'linked') throw new FragmentError('Request already paid')
    if (this.context.faults.take('fragment', 'price_changed')) purchase.amount += purchase.amount / 10n
    purchase.from = from
    purchase.state = 'linked'
    if (!purchase.payload) await this.#writePayload(purchase)
    this.#changed()
  }

  /** Coins have arrived at some address. */
  receive({ from, to, amount, bodyHash, at }: TonTransfer): void {
    if (to !== FRAGMENT_WALLET) return
    const purchase = this.purchases().find(({ payloadHash }) => payloadHash === bodyHash)
    const reason = reasonToRefuse(purchase, amount)
    if (!purchase || reason) this.#stray.push({ from, amount, at, reason: reason ?? 'unknown payload' })
    else this.#accept(purchase, at)
    this.#changed()
  }

  /** The recipient gets the Stars, whatever faults said. */
  complete(purchase: StarsPurchase): void {
    if (purchase.state !== 'paid') return
    purchase.state = 'done'
    purchase.doneAt = this.context.clock.now()
    this.customers.get(purchase.customerId).stars += purchase.quantity
    this.context.live.emit({ type: 'chat', chatId: purchase.customerId })
    this.#changed()
  }

  clear(): void {
    this.stop()
    this.#purchases.clear()
    this.#recipients.clear()
    this.#stray = []
    this.session.reset()
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  snapshot(): Snapshot {
    return { purchases: this.purchases(), stray: this.#stray }
  }

  restore({ purchases, stray }: Snapshot): void {
    this.#purchases = new Map(purchases.map((purchase) => [purchase.id, purchase]))
    this.#stray = stray
  }

  async #writePayload(purchase: StarsPurchase): Promise<void> {
    const { comment } = await import('@ton/core')
    const reference = purchase.id.replace(/[-_]/g, '').slice(0, 9)
    const cell = comment(`${purchase.quantity} Telegram Stars \n\nRef#${reference}`)
    purchase.payload = cell.toBoc().toString('base64').replace(/=+$/, '')
    purchase.payloadHash = cell.hash().toString('hex')
  }

  #accept(purchase: StarsPurchase, at: number): void {
    purchase.state = 'paid'
    purchase.paidAt = at
    if (this.context.faults.take('fragment', 'never_completes')) return
    const delayMs = this.context.faults.take('fragment', 'late')?.delayMs ?? 0
    if (delayMs <= 0) return this.complete(purchase)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.complete(purchase)
    }, delayMs)
    this.#timers.add(timer)
  }

  #changed(): void {
    this.context.live.emit({ type: 'services' })
  }
}

function reasonToRefuse(purchase: StarsPurchase | undefined, amount: bigint): string | undefined {
  if (!purchase) return 'unknown payload'
  if (purchase.state !== 'linked') return `purchase ${purchase.id} is ${purchase.state} already`
  return amount < purchase.amount ? `too little for purchase ${purchase.id}` : undefined
}

/** "0.2404": nanoton in TON. */
export function tonText(nano: bigint): string {
  return formatDecimal(nano * NANO_PER_DECIMAL)
}
