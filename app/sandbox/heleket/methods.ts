import type { Params } from '#sandbox/api/params'
import { paymentFields, requiredText } from '#sandbox/heleket/create_payment'
import type { Heleket } from '#sandbox/heleket/heleket'
import { HeleketError, invalid } from '#sandbox/heleket/heleket_error'
import { HELEKET_NETWORKS } from '#sandbox/heleket/networks'
import { heleketWebhook } from '#sandbox/heleket/status_webhook'
import { HELEKET_STATUSES, type HeleketPayment } from '#sandbox/heleket/types'
import { paymentView } from '#sandbox/heleket/views'
import { formatDecimal, times } from '#sandbox/services/decimal'
import { ASSETS } from '#sandbox/services/rates'

export interface HeleketCall {
  heleket: Heleket
  params: Params
}

type Method = (call: HeleketCall) => unknown

const PER_PAGE = 15

const createPayment: Method = ({ heleket, params }) => view(heleket, heleket.create(fieldsOf(heleket, params)))

function fieldsOf(heleket: Heleket, params: Params) {
  return paymentFields(params, heleket.context.rates)
}

const info: Method = ({ heleket, params }) => view(heleket, findBy(heleket, params))

/** Newest first, 15 a page; the cursor is the uuid that the next page begins with. */
const list: Method = ({ heleket, params }) => {
  const all = heleket.all()
  const cursor = params.text('cursor')
  const start = cursor
    ? Math.max(
        0,
        all.findIndex(({ uuid }) => uuid === cursor)
      )
    : 0
  const items = all.slice(start, start + PER_PAGE)
  return {
    items: items.map((payment) => view(heleket, payment)),
    paginate: {
      count: items.length,
      hasPages: all.length > PER_PAGE,
      nextCursor: all[start + PER_PAGE]?.uuid ?? null,
      previousCursor: start > 0 ? all[Math.max(0, start - PER_PAGE)].uuid : null,
      perPage: PER_PAGE,
    },
  }
}

const resend: Method = ({ heleket, params }) => {
  heleket.resend(findBy(heleket, params))
  return []
}

const services: Method = () =>
  HELEKET_NETWORKS.map(({ currency, network }) => ({
    network,
    currency,
    is_available: true,
    limit: { min_amount: '0.50000000', max_amount: '10000000.00000000' },
    commission: { fee_amount: '0.00', percent: '2.00' },
  }))

const refund: Method = ({ heleket, params }) => {
  const payment = findBy(heleket, params)
  requiredText(params, 'address')
  requiredText(params, 'is_subtract')
  if (!heleket.canRefund(payment)) throw new HeleketError('Payment was not found or can not be refunded')
  heleket.refund(payment)
  return []
}

const balance: Method = ({ heleket }) => [
  {
    balance: {
      merchant: [...heleket.balances()].map(([code, amount]) => ({
        uuid: `${code.toLowerCase().padEnd(8, '0').slice(0, 8)}-0000-4000-8000-000000000000`,
        balance: formatDecimal(amount, { min: 8, max: 8 }),
        currency_code: code,
        balance_usd: formatDecimal(times(amount, heleket.context.rates.usd(code)), { min: 8, max: 8 }),
      })),
      user: [],
    },
  },
]

/** A webhook about a payment that never was, to see whether the product takes it. */
const testWebhook: Method = ({ heleket, params }) => {
  const url = requiredText(params, 'url_callback')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw invalid('url_callback', 'url')
  const status = requiredText(params, 'status')
  if (!(HELEKET_STATUSES as readonly string[]).includes(status)) throw invalid('status', 'in')
  const currency = requiredText(params, 'currency')
  const told = {
    type: 'payment',
    uuid: params.text('uuid') || 'e1830f1b-50fc-432e-80ec-15b58ccac867',
    order_id: params.text('order_id') || 'test',
    amount: '1.00000000',
    payment_amount: '1.00000000',
    payment_amount_usd: '1.00',
    merchant_amount: '0.98000000',
    commission: '0.02000000',
    is_final: true,
    status,
    from: null,
    wallet_address_uuid: null,
    network: requiredText(params, 'network'),
    currency,
    payer_currency: currency,
    additional_data: null,
    txid: null,
  }
  heleket.context.webhooks.send(heleketWebhook({ event: status, subject: told.uuid, url, told, half: '0.50000000' }))
  return []
}

/** What one unit of a currency is worth in the others. */
export function exchangeRates(heleket: Heleket, from: string): unknown {
  if (!(from in ASSETS)) throw new HeleketError('The currency was not found')
  return Object.keys(ASSETS)
    .filter((to) => to !== from)
    .map((to) => ({ from, to, course: formatDecimal(heleket.context.rates.between(from, to), { min: 8, max: 8 }) }))
}

function findBy(heleket: Heleket, params: Params): HeleketPayment {
  const reference = params.text('uuid') || params.text('order_id')
  if (!reference) throw invalid('uuid', 'required_without')
  if (!heleket.has(reference)) throw new HeleketError('Payment was not found', 404)
  return heleket.find(reference)
}

function view(heleket: Heleket, payment: HeleketPayment): Record<string, unknown> {
  return paymentView(payment, heleket.context.origin)
}

/** Path to method; `key` says with which of the merchant's keys a request is signed. */
export const HELEKET_METHODS: Readonly<Record<string, { run: Method; key: 'payment' | 'payout' }>> = {
  '/v1/payment': { run: createPayment, key: 'payment' },
  '/v1/payment/info': { run: info, key: 'payment' },
  '/v1/payment/list': { run: list, key: 'payment' },
  '/v1/payment/resend': { run: resend, key: 'payment' },
  '/v1/payment/services': { run: services, key: 'payment' },
  '/v1/payment/refund': { run: refund, key: 'payout' },
  '/v1/balance': { run: balance, key: 'payment' },
  '/v1/test-webhook/payment': { run: testWebhook, key: 'payment' },
}
