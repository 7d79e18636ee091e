import { targetChat } from '#sandbox/api/chats'
import { deliver, delivery } from '#sandbox/api/deliver'
import type { Method } from '#sandbox/api/method'
import { isObject, type Params } from '#sandbox/api/params'
import { isInline } from '#sandbox/api/reply_markup'
import { badRequest } from '#sandbox/errors'
import { giveBack } from '#sandbox/people/paying'
import { publicUser } from '#sandbox/state/customers'
import type { Invoice, StarPayment } from '#sandbox/state/payments'
import type { World } from '#sandbox/world'

const MAX_TITLE = 32
const MAX_DESCRIPTION = 255
const MAX_PAYLOAD_BYTES = 128

export const sendInvoice: Method = ({ world, params }) => {
  const invoice = starInvoice(params)
  const target = targetChat(world, params, 'write')
  const checked = delivery(world, params, target)
  const total = invoice.prices[0].amount
  if (isInline(checked.markup) && !checked.markup.inline_keyboard[0][0].pay) throw badRequest('REPLY_MARKUP_BUY_EMPTY')
  checked.markup ??= { inline_keyboard: [[{ text: `Pay ⭐️${total}`, pay: true }]] }
  const message = deliver(world, checked, {
    invoice: {
      title: invoice.title,
      description: invoice.description,
      start_parameter: params.text('start_parameter'),
      currency: invoice.currency,
      total_amount: total,
    },
  })
  world.payments.offer(`${message.chat.id}:${message.message_id}`, invoice)
  return message
}

export const createInvoiceLink: Method = ({ world, params }) =>
  `https://t.me/$${world.payments.offerLink(starInvoice(params))}`

export const answerPreCheckoutQuery: Method = ({ world, params }) => {
  const ok = params.flag('ok')
  const error = ok ? undefined : params.required('error_message')
  const id = params.text('pre_checkout_query_id')
  const checkout = world.payments.answerCheckout(id, world.clock.now())
  if (!checkout) throw badRequest('query is too old and response timeout expired or query ID is invalid')
  world.live.emit({ type: 'precheckout', chatId: checkout.customerId, queryId: id, ok, error })
  return true
}

export const refundStarPayment: Method = ({ world, params }) => {
  const chargeId = params.text('telegram_payment_charge_id')
  if (!chargeId) throw badRequest('CHARGE_ID_EMPTY')
  const payment = world.payments.find(chargeId)
  if (!payment || payment.customerId !== params.integer('user_id')) throw badRequest('CHARGE_ID_INVALID')
  if (payment.refundedAt !== undefined) throw badRequest('CHARGE_ALREADY_REFUNDED')
  giveBack(world, payment)
  return true
}

export const getMyStarBalance: Method = ({ world }) => ({ amount: world.payments.balance(), nanostar_amount: 0 })

/** In the order in which they happened; a refund has the id of its payment. */
export const getStarTransactions: Method = ({ world, params }) => {
  const offset = params.integer('offset', 0, 0)
  const limit = params.integer('limit', 100, 1, 100)
  const rows = world.payments.all().flatMap((payment) => transactions(world, payment))
  rows.sort((a, b) => a.date - b.date)
  return { transactions: rows.slice(offset, offset + limit) }
}

function transactions(world: World, payment: StarPayment) {
  const customer = world.customers.find(payment.customerId)
  const partner = {
    type: 'user',
    transaction_type: 'invoice_payment',
    user: customer && publicUser(customer),
    invoice_payload: payment.payload,
  }
  const row = { id: payment.chargeId, amount: payment.amount }
  const paid = { ...row, date: payment.date, source: partner }
  return payment.refundedAt === undefined ? [paid] : [paid, { ...row, date: payment.refundedAt, receiver: partner }]
}

function starInvoice(params: Params): Invoice {
  const [title, description, payload] = ['title', 'description', 'payload'].map((name) => params.required(name))
  if (title.length > MAX_TITLE) throw badRequest('INVOICE_TITLE_INVALID')
  if (description.length > MAX_DESCRIPTION) throw badRequest('INVOICE_DESCRIPTION_INVALID')
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) throw badRequest('INVOICE_PAYLOAD_INVALID')
  const currency = params.required('currency')
  if (currency !== 'XTR')
    throw badRequest(params.has('provider_token') ? 'PAYMENT_PROVIDER_INVALID' : 'CURRENCY_INVALID')
  if (params.has('provider_token')) throw badRequest('STARS_INVOICE_INVALID')
  const prices = starPrices(params)
  return { title, description, payload, currency, prices }
}

function starPrices(params: Params): Invoice['prices'] {
  const list = params.json('prices', "Can't parse prices JSON object")
  if (!Array.isArray(list)) throw badRequest('Expected an Array of labeled prices')
  if (list.length === 0) throw badRequest('There must be at least one price')
  if (list.length > 1) throw badRequest('STARS_INVOICE_INVALID')
  return list.map((price) => {
    if (!isObject(price)) throw badRequest("Can't parse labeled price: LabeledPrice must be an Object")
    if (typeof price.label !== 'string' || !price.label) {
      throw badRequest("Can't parse labeled price: LabeledPrice label must be non-empty")
    }
    const amount = Number(price.amount)
    if (!Number.isSafeInteger(amount) || amount < 1 || amount > 100_000)
      throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID')
    return { label: price.label, amount }
  })
}
