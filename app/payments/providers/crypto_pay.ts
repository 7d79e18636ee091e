import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { moneyOf, plainDecimal } from '#payments/money/decimal'
import { assetOf, currencyOf, type AssetCodes } from '#payments/providers/asset_codes'
import type {
  CreatedInvoice,
  InvoiceOrder,
  PaymentProvider,
  ProviderInvoice,
  ProviderRate,
  RefundOrder,
  RefundOutcome,
  WebhookMessage,
} from '#payments/providers/payment_provider'
import { postJson } from '#payments/providers/post_json'
import { ProviderRefusal, ProviderUnreachable } from '#payments/providers/provider_errors'

const NAME = 'crypto_pay'
const SIGNATURE = 'crypto-pay-api-signature'
const MAX_EXPIRES_IN = 2_678_400
const LOOKED_THROUGH = 1000
/** The same transfer was asked for before and has been made. */
const SPENT_BEFORE = 'SPEND_ID_ALREADY_USED'
const ACCOUNT_TROUBLES = ['UNAUTHORIZED', 'APP_DISABLED', 'APP_NOT_FOUND']

/** Invoice as the API and its webhooks write it, as far as we read it. */
interface ApiInvoice {
  invoice_id: number
  status: 'active' | 'paid' | 'expired'
  currency_type?: 'crypto' | 'fiat'
  asset?: string
  fiat?: string
  amount: string
  payload?: string
  bot_invoice_url?: string
  mini_app_invoice_url?: string
  paid_at?: string
  paid_asset?: string
  paid_amount?: string
}

/** Crypto Pay (@CryptoBot): https://help.send.tg/en/articles/10279948-crypto-pay-api */
export class CryptoPay implements PaymentProvider {
  readonly name = NAME
  readonly currencies = ['TON', 'USDT', 'USD'] as const
  readonly isCreateRepeatable = false
  readonly #key: Buffer

  readonly webhook = {
    verify: (body: Buffer, header: (name: string) => string | undefined) => this.#verify(body, header(SIGNATURE)),
    parse: parseWebhook,
  }

  readonly refunds = {
    isRepeatable: true,
    needsAddress: false,
    canSendPart: true,
    send: (order: RefundOrder) => this.#transfer(order),
  }

  constructor(
    private readonly token: string,
    private readonly apiRoot: string,
    private readonly codes: () => Promise<AssetCodes>
  ) {
    this.#key = createHash('sha256').update(token).digest()
  }

  /** A USD price stays USD and is paid in USDT; both sums come back with the payment. */
  async create({ reference, charge, description, lifetimeMs }: InvoiceOrder): Promise<CreatedInvoice> {
    const codes = await this.codes()
    const what =
      charge.currency === 'USD'
        ? { currency_type: 'fiat', fiat: 'USD', accepted_assets: assetOf(codes, 'USDT') }
        : { currency_type: 'crypto', asset: assetOf(codes, charge.currency) }
    const invoice = await this.#call<ApiInvoice>('createInvoice', {
      ...what,
      amount: plainDecimal(charge),
      description: description.slice(0, 1024),
      payload: reference,
      allow_comments: false,
      expires_in: Math.min(MAX_EXPIRES_IN, Math.max(1, Math.ceil(lifetimeMs / 1000))),
    })
    return { id: String(invoice.invoice_id), url: urlOf(invoice), raw: invoice }
  }

  /** There is no question by payload: the newest invoices are looked through. */
  async find(reference: string): Promise<ProviderInvoice[]> {
    const codes = await this.codes()
    const { items } = await this.#call<{ items: ApiInvoice[] }>('getInvoices', { count: LOOKED_THROUGH })
    return items.filter(({ payload }) => payload === reference).map((invoice) => toProviderInvoice(invoice, codes))
  }

  async fetch(id: string): Promise<ProviderInvoice | null> {
    const codes = await this.codes()
    const { items } = await this.#call<{ items: ApiInvoice[] }>('getInvoices', { invoice_ids: id })
    const invoice = items.find(({ invoice_id: itsId }) => String(itsId) === id)
    return invoice ? toProviderInvoice(invoice, codes) : null
  }

  async cancel(id: string) {
    await this.#call('deleteInvoice', { invoice_id: Number(id) })
  }

  async rates(): Promise<ProviderRate[]> {
    const codes = await this.codes()
    const rows = await this.#call<Array<{ is_valid: boolean; source: string; target: string; rate: string }>>(
      'getExchangeRates',
      {}
    )
    return rows.flatMap(({ is_valid: isValid, source, target, rate }) => {
      const [base, quote] = [currencyOf(codes, source), currencyOf(codes, target)]
      return isValid && base && quote ? [{ base, quote, rate: String(rate) }] : []
    })
  }

  /** Idempotent on `spend_id`; apps may do it only once that is switched on in @CryptoBot. */
  async #transfer({ key, telegramId, amount, paid }: RefundOrder): Promise<RefundOutcome> {
    const codes = await this.codes()
    const what = paid ?? { asset: assetOf(codes, amount.currency), amount: plainDecimal(amount) }
    try {
      const order = { user_id: telegramId, ...what, spend_id: key }
      const { transfer_id: id } = await this.#call<{ transfer_id: number }>('transfer', order)
      return { status: 'sent', id: String(id) }
    } catch (error) {
      if (!(error instanceof ProviderRefusal && error.code === SPENT_BEFORE)) throw error
      return { status: 'sent', id: null }
    }
  }

  #verify(body: Buffer, signature = '') {
    if (!/^[0-9a-f]{64}$/.test(signature)) return false
    const expected = createHmac('sha256', this.#key).update(body).digest()
    return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
  }

  async #call<T>(method: string, params: Record<string, unknown>): Promise<T> {
    const { status, body } = await postJson(NAME, `${this.apiRoot}/api/${method}`, JSON.stringify(params), {
      'crypto-pay-api-token': this.token,
    })
    if (body?.ok === true) return body.result as T
    if (body?.ok !== false) throw new ProviderUnreachable(NAME, `HTTP ${status} without an answer of the API`)
    const code = String(body.error?.name ?? body.error?.code ?? status)
    throw new ProviderRefusal(NAME, code, ACCOUNT_TROUBLES.includes(code))
  }
}

function toProviderInvoice(invoice: ApiInvoice, codes: AssetCodes): ProviderInvoice {
  const currency = currencyOf(codes, invoice.currency_type === 'fiat' ? invoice.fiat : invoice.asset)
  const isPaid = invoice.status === 'paid'
  return {
    id: String(invoice.invoice_id),
    reference: invoice.payload ?? null,
    state: isPaid ? 'paid' : invoice.status === 'expired' ? 'expired' : 'pending',
    asked: currency && moneyOf(invoice.amount, currency, 'up'),
    received: isPaid && currency ? receivedOf(invoice, codes) : null,
    paid: isPaid ? { asset: String(invoice.paid_asset ?? ''), amount: String(invoice.paid_amount ?? '') } : null,
    paymentId: null,
    paidAt: Date.parse(invoice.paid_at ?? '') || null,
    url: urlOf(invoice),
    raw: invoice,
  }
}

/** A fiat invoice is paid in full at the provider's rate or not at all; a crypto one in its own asset. */
function receivedOf(invoice: ApiInvoice, codes: AssetCodes) {
  if (invoice.currency_type === 'fiat') return moneyOf(invoice.amount, currencyOf(codes, invoice.fiat)!)
  const asset = currencyOf(codes, invoice.paid_asset ?? invoice.asset)
  const isAsked = asset !== null && asset === currencyOf(codes, invoice.asset)
  return isAsked ? moneyOf(invoice.paid_amount ?? invoice.amount, asset) : null
}

function parseWebhook(body: Buffer): WebhookMessage {
  const { update_type: type, payload } = JSON.parse(body.toString('utf8')) as {
    update_type?: string
    payload?: ApiInvoice
  }
  const id = payload?.invoice_id
  if (!type || !Number.isSafeInteger(id)) throw new SyntaxError('The webhook names no invoice')
  return { eventKey: `${type}:${id}`, providerInvoiceId: String(id), reference: payload!.payload ?? null }
}

const urlOf = (invoice: ApiInvoice) => invoice.bot_invoice_url ?? invoice.mini_app_invoice_url ?? null
