import { divide } from '#core/money/rounding'
import { Money } from '#core/money/money'
import { moneyOf, parseDecimal, plainDecimal } from '#payments/money/decimal'
import { assetOf, currencyOf, type AssetCodes } from '#payments/providers/asset_codes'
import { heleketSign, verifyHeleketWebhook } from '#payments/providers/heleket_signature'
import type {
  CreatedInvoice,
  InvoiceOrder,
  PaymentProvider,
  ProviderInvoice,
  ProviderState,
  RefundOrder,
  RefundOutcome,
  WebhookMessage,
} from '#payments/providers/payment_provider'
import { postJson } from '#payments/providers/post_json'
import { ProviderRefusal, ProviderUnreachable } from '#payments/providers/provider_errors'

const NAME = 'heleket'
const [MIN_LIFETIME_S, MAX_LIFETIME_S] = [300, 43_200]

const STATES: Record<string, ProviderState> = {
  paid: 'paid',
  paid_over: 'paid',
  wrong_amount: 'short',
  wrong_amount_waiting: 'partial',
  check: 'pending',
  confirm_check: 'pending',
  process: 'pending',
  cancel: 'expired',
  fail: 'failed',
  system_fail: 'failed',
  locked: 'failed',
  refund_process: 'refunded',
  refund_paid: 'refunded',
  refund_fail: 'paid',
}

/** A payment as the API writes it, as far as we read it; sums are text, or numbers where they please. */
interface ApiPayment {
  uuid: string
  order_id: string | null
  amount: string | number
  currency: string
  payment_amount?: string | number | null
  payer_amount?: string | number | null
  payer_currency?: string | null
  status?: string
  payment_status?: string
  txid?: string | null
  url?: string | null
}

export interface HeleketAccount {
  merchant: string
  paymentKey: string
  /** Refunds are signed with it; without it they are done by hand. */
  payoutKey: string | null
  apiRoot: string
  /** Where webhooks are to come; without it the poller alone learns of payments. */
  callbackUrl: string | null
}

/** Heleket: https://doc.heleket.com */
export class Heleket implements PaymentProvider {
  readonly name = NAME
  readonly currencies = ['TON', 'USDT', 'USD'] as const
  /** A known `order_id` answers the payment made before. */
  readonly isCreateRepeatable = true
  readonly refunds

  readonly webhook = {
    verify: (body: Buffer) => verifyHeleketWebhook(body, this.account.paymentKey),
    parse: parseWebhook,
  }

  constructor(
    private readonly account: HeleketAccount,
    private readonly codes: () => Promise<AssetCodes>
  ) {
    this.refunds = account.payoutKey
      ? {
          isRepeatable: false,
          needsAddress: true,
          canSendPart: false,
          send: (order: RefundOrder) => this.#refund(order),
        }
      : undefined
  }

  async create({ reference, charge, lifetimeMs }: InvoiceOrder): Promise<CreatedInvoice> {
    const codes = await this.codes()
    const seconds = Math.ceil(lifetimeMs / 1000)
    const payment = await this.#call<ApiPayment>('payment', {
      amount: plainDecimal(charge),
      currency: assetOf(codes, charge.currency),
      order_id: reference,
      lifetime: Math.min(MAX_LIFETIME_S, Math.max(MIN_LIFETIME_S, seconds)),
      ...(charge.currency === 'USD' && { to_currency: assetOf(codes, 'USDT') }),
      ...(this.account.callbackUrl && { url_callback: this.account.callbackUrl }),
    })
    return { id: payment.uuid, url: payment.url ?? null, raw: payment }
  }

  async find(reference: string): Promise<ProviderInvoice[]> {
    const found = await this.#info({ order_id: reference })
    return found ? [found] : []
  }

  fetch(id: string) {
    return this.#info({ uuid: id })
  }

  async #info(which: { uuid: string } | { order_id: string }): Promise<ProviderInvoice | null> {
    try {
      return toProviderInvoice(await this.#call<ApiPayment>('payment/info', which), await this.codes())
    } catch (error) {
      if (error instanceof ProviderRefusal && !error.isFault) return null
      throw error
    }
  }

  /** Asked twice it may send twice: it is asked once, and what came of it is read from the payment. */
  async #refund({ providerInvoiceId, address }: RefundOrder): Promise<RefundOutcome> {
    const order = { uuid: providerInvoiceId, address, is_subtract: true }
    await this.#call('payment/refund', order, this.account.payoutKey!)
    return { status: 'sent', id: providerInvoiceId }
  }

  async #call<T>(path: string, params: Record<string, unknown>, key = this.account.paymentKey): Promise<T> {
    const text = JSON.stringify(params)
    const { status, body } = await postJson(NAME, `${this.account.apiRoot}/v1/${path}`, text, {
      merchant: this.account.merchant,
      sign: heleketSign(text, key),
    })
    if (body?.state === 0 && body.result) return body.result as T
    if (status < 400 && body?.state === undefined) {
      throw new ProviderUnreachable(NAME, `HTTP ${status} without an answer of the API`)
    }
    throw new ProviderRefusal(NAME, reasonOf(body, status), status === 401 || status === 403)
  }
}

function toProviderInvoice(payment: ApiPayment, codes: AssetCodes): ProviderInvoice {
  const status = payment.payment_status ?? payment.status ?? ''
  const currency = currencyOf(codes, payment.currency)
  const state = STATES[status] ?? 'pending'
  const isSettled = state === 'paid' || state === 'short' || state === 'partial'
  return {
    id: payment.uuid,
    reference: payment.order_id ?? null,
    state,
    asked: currency && moneyOf(payment.amount, currency, 'up'),
    received: isSettled && currency ? receivedOf(payment, moneyOf(payment.amount, currency)) : null,
    paid: payment.payer_currency
      ? { asset: payment.payer_currency, amount: String(payment.payment_amount ?? '') }
      : null,
    paymentId: null,
    paidAt: null,
    url: payment.url ?? null,
    raw: payment,
  }
}

/** What came in terms of the invoice: the share of what the payer was to send, rounded down. */
function receivedOf({ currency, payment_amount, payer_amount, payer_currency }: ApiPayment, asked: Money | null) {
  const sent = parseDecimal(payment_amount)
  if (!asked || !sent) return null
  const due = payer_currency === currency ? null : parseDecimal(payer_amount)
  if (due === null) return moneyOf(payment_amount, asked.currency)
  if (due.digits === 0n) return null
  const [numerator, denominator] = [sent.digits * 10n ** BigInt(due.scale), due.digits * 10n ** BigInt(sent.scale)]
  return Money.of(divide(asked.minor * numerator, denominator, 'down'), asked.currency)
}

function parseWebhook(body: Buffer): WebhookMessage {
  const { uuid, order_id: reference, status } = JSON.parse(body.toString('utf8')) as Partial<ApiPayment>
  if (typeof uuid !== 'string' || !uuid) throw new SyntaxError('The webhook names no payment')
  return { eventKey: `${uuid}:${status}`.slice(0, 160), providerInvoiceId: uuid, reference: reference ?? null }
}

function reasonOf(body: any, status: number): string {
  const details = body?.errors ? JSON.stringify(body.errors).slice(0, 200) : ''
  return [body?.message, details].filter(Boolean).join(' ') || `HTTP ${status}`
}
