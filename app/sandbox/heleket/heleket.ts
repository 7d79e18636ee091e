import { randomBytes, randomUUID } from 'node:crypto'
import { ControlError } from '#sandbox/errors'
import { addressOn, networkFor } from '#sandbox/heleket/networks'
import { statusWebhook } from '#sandbox/heleket/status_webhook'
import type { HeleketPayment, HeleketPaymentFields, HeleketStatus } from '#sandbox/heleket/types'
import { isFinal, merchantShare, paymentView } from '#sandbox/heleket/views'
import { decimal, ONE, parseDecimal, times, dividedBy, type Decimal } from '#sandbox/services/decimal'
import { cryptoCodes } from '#sandbox/services/rates'
import type { ServiceContext } from '#sandbox/services/service'

const FIRST_BALANCE = decimal('1000')
const HUNDRED = 100n * ONE

interface Snapshot {
  payments: HeleketPayment[]
  balances: Map<string, Decimal>
}

/** Heleket: payments on addresses of their own, so that people can pay less, more, twice and too late. */
export class Heleket {
  #payments = new Map<string, HeleketPayment>()
  #balances = new Map<string, Decimal>()
  #confirming = new Map<string, NodeJS.Timeout>()

  constructor(
    readonly context: ServiceContext,
    /** how long a transaction waits for its confirmations */
    public confirmMs: number
  ) {
    this.clear()
  }

  /** A repeated `order_id` is answered with the payment that is there. */
  create(fields: HeleketPaymentFields): HeleketPayment {
    const existing = this.#byOrder(fields.orderId)
    if (existing) return existing
    const createdAt = this.context.clock.now()
    const payment: HeleketPayment = {
      ...fields,
      uuid: randomUUID(),
      status: 'check',
      createdAt,
      updatedAt: createdAt,
      expiresAt: createdAt + fields.lifetime * 1000,
      received: 0n,
      pending: 0n,
    }
    this.#payments.set(payment.uuid, payment)
    const coin = fields.toCurrency ?? (cryptoCodes().includes(fields.currency) ? fields.currency : undefined)
    if (coin && (fields.toCurrency || fields.network)) this.#assign(payment, coin, fields.network)
    this.#changed()
    return payment
  }

  /** By uuid or by order_id. */
  find(reference: string): HeleketPayment {
    const payment = this.#payments.get(reference) ?? this.#byOrder(reference)
    if (!payment) throw new ControlError(404, `Heleket knows no payment ${reference}.`)
    return payment
  }

  has(reference: string): boolean {
    return this.#payments.has(reference) || this.#byOrder(reference) !== undefined
  }

  /** The payment as the API shows it. */
  payment(reference: string): Record<string, unknown> {
    return paymentView(this.find(reference), this.context.origin)
  }

  /** Newest first. */
  all(): HeleketPayment[] {
    return [...this.#payments.values()].reverse()
  }

  balances(): ReadonlyMap<string, Decimal> {
    return this.#balances
  }

  /** Whoever pays chooses the coin; the price is fixed then and an address given. */
  choose(reference: string, currency: string, network?: string): HeleketPayment {
    const payment = this.find(reference)
    if (payment.payer)
      throw new ControlError(409, `Payment ${payment.orderId} is to be paid in ${payment.payer.currency}.`)
    this.#assign(payment, currency, network)
    payment.status = 'process'
    payment.updatedAt = this.context.clock.now()
    this.#changed()
    return payment
  }

  /** What is still to be paid, in the payer's currency; 0 when that much and more has come. */
  due({ payer, received, pending }: HeleketPayment): Decimal {
    const due = payer ? payer.amount - received - pending : 0n
    return due > 0n ? due : 0n
  }

  /**
   * Somebody sends coins: what is due, or any `amount`. Heleket sees the transaction at once, and books it when it is
   * confirmed. Nobody can be kept from sending: coins for an expired payment are a late payment.
   */
  pay(reference: string, options: { amount?: string; currency?: string; network?: string } = {}): HeleketPayment {
    const payment = this.find(reference)
    if (!payment.payer) this.choose(reference, options.currency ?? this.#usualCoin(payment), options.network)
    const amount = this.#amountSent(payment, options.amount)
    payment.pending += amount
    payment.txid = randomBytes(32).toString('hex')
    payment.from ??= addressOn(payment.payer!.network, `payer of ${payment.uuid}`)
    this.#move(payment, 'confirm_check')
    this.#confirmLater(payment)
    return payment
  }

  expire(reference: string): HeleketPayment {
    const payment = this.find(reference)
    if (isFinal(payment.status)) throw new ControlError(409, `Payment ${payment.orderId} has ended: ${payment.status}.`)
    payment.expiresAt = this.context.clock.now()
    this.tick()
    return payment
  }

  fail(reference: string, status: 'fail' | 'system_fail' = 'fail'): HeleketPayment {
    const payment = this.find(reference)
    if (isFinal(payment.status)) throw new ControlError(409, `Payment ${payment.orderId} has ended: ${payment.status}.`)
    this.#stopConfirming(payment)
    payment.pending = 0n
    this.#move(payment, status)
    return payment
  }

  /** Sends all back that came in, to `address`. */
  refund(payment: HeleketPayment): void {
    const { currency } = payment.payer!
    const fails = this.context.faults.take('heleket', 'refund_fails') !== undefined
    this.#move(payment, 'refund_process')
    if (!fails) this.#book(currency, -merchantShare(payment.received))
    this.#move(payment, fails ? 'refund_fail' : 'refund_paid')
  }

  canRefund({ status, payer, received }: HeleketPayment): boolean {
    return payer !== undefined && received > 0n && ['paid', 'paid_over', 'wrong_amount', 'refund_fail'].includes(status)
  }

  /** Tells the product once more how the payment stands. */
  resend(payment: HeleketPayment): void {
    this.context.webhooks.send(statusWebhook(this.context, payment))
  }

  /** Ends what has expired. */
  tick(): void {
    const now = this.context.clock.now()
    for (const payment of this.#payments.values()) {
      if (payment.expiresAt > now || payment.pending > 0n) continue
      if (payment.status === 'check' || payment.status === 'process') this.#move(payment, 'cancel')
      if (payment.status === 'wrong_amount_waiting') this.#move(payment, 'wrong_amount')
    }
  }

  clear(): void {
    for (const timer of this.#confirming.values()) clearTimeout(timer)
    this.#confirming.clear()
    this.#payments.clear()
    this.#balances = new Map(cryptoCodes().map((code) => [code, FIRST_BALANCE]))
  }

  stop(): void {
    for (const timer of this.#confirming.values()) clearTimeout(timer)
  }

  snapshot(): Snapshot {
    return { payments: [...this.#payments.values()], balances: this.#balances }
  }

  restore({ payments, balances }: Snapshot): void {
    this.#payments = new Map(payments.map((payment) => [payment.uuid, payment]))
    this.#balances = balances
    for (const payment of payments) if (payment.pending > 0n) this.#confirmLater(payment)
  }

  #assign(payment: HeleketPayment, currency: string, network?: string): void {
    const chain = networkFor(currency, network)
    if (!chain) throw new ControlError(422, `Heleket takes no ${currency}${network ? ` on ${network}` : ''}.`)
    const amount = this.context.rates.convert(payment.amount, payment.currency, currency)
    payment.payer = { ...chain, address: addressOn(chain.network, payment.uuid), amount }
  }

  #amountSent(payment: HeleketPayment, wanted?: string): Decimal {
    const amount = wanted === undefined ? this.due(payment) : parseDecimal(wanted)
    if (!amount) throw new ControlError(422, 'Say how much is sent: a positive amount such as 10.5.')
    return this.context.faults.take('heleket', 'underpaid') ? amount / 2n : amount
  }

  #confirmLater(payment: HeleketPayment): void {
    this.#stopConfirming(payment)
    if (this.confirmMs <= 0) return this.#confirm(payment)
    this.#confirming.set(
      payment.uuid,
      setTimeout(() => this.#confirm(payment), this.confirmMs)
    )
  }

  #stopConfirming({ uuid }: HeleketPayment): void {
    clearTimeout(this.#confirming.get(uuid))
    this.#confirming.delete(uuid)
  }

  #confirm(payment: HeleketPayment): void {
    this.#confirming.delete(payment.uuid)
    payment.received += payment.pending
    this.#book(payment.payer!.currency, merchantShare(payment.pending))
    payment.pending = 0n
    this.#move(payment, this.#statusAfterReceipt(payment))
  }

  #statusAfterReceipt({ payer, received, accuracyPercent, isMultiple, expiresAt }: HeleketPayment): HeleketStatus {
    const price = payer!.amount
    if (received > price) return 'paid_over'
    const tolerated = dividedBy(times(price, accuracyPercent), HUNDRED)
    if (received >= price - tolerated) return 'paid'
    return isMultiple && expiresAt > this.context.clock.now() ? 'wrong_amount_waiting' : 'wrong_amount'
  }

  #book(currency: string, amount: Decimal): void {
    this.#balances.set(currency, (this.#balances.get(currency) ?? 0n) + amount)
  }

  #move(payment: HeleketPayment, status: HeleketStatus): void {
    payment.status = status
    payment.updatedAt = this.context.clock.now()
    this.context.webhooks.send(statusWebhook(this.context, payment))
    this.#changed()
  }

  #usualCoin({ currency }: HeleketPayment): string {
    return networkFor(currency) ? currency : 'USDT'
  }

  #byOrder(orderId: string): HeleketPayment | undefined {
    return [...this.#payments.values()].find((payment) => payment.orderId === orderId)
  }

  #changed(): void {
    this.context.live.emit({ type: 'services' })
  }
}
