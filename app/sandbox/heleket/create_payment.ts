import type { Params } from '#sandbox/api/params'
import { HeleketError, invalid } from '#sandbox/heleket/heleket_error'
import { networkFor } from '#sandbox/heleket/networks'
import type { HeleketPaymentFields } from '#sandbox/heleket/types'
import { decimal, parseDecimal, times } from '#sandbox/services/decimal'
import { ASSETS, type Rates } from '#sandbox/services/rates'

const MIN_USD = decimal('0.5')
const MAX_USD = decimal('10000000')
const DEFAULT_LIFETIME = 3600
const MIN_LIFETIME = 300
const MAX_LIFETIME = 43_200
const MAX_ADDITIONAL_DATA = 255
const MAX_ACCURACY_PERCENT = 5

/** The parameters of POST /v1/payment, checked. */
export function paymentFields(params: Params, rates: Rates): HeleketPaymentFields {
  const { amount, currency } = money(params, rates)
  return {
    amount,
    currency,
    orderId: orderId(params),
    ...coin(params),
    ...address(params, 'url_callback', 'urlCallback'),
    ...address(params, 'url_return', 'urlReturn'),
    ...address(params, 'url_success', 'urlSuccess'),
    ...additionalData(params),
    lifetime: lifetime(params),
    isMultiple: !params.has('is_payment_multiple') || params.flag('is_payment_multiple'),
    accuracyPercent: accuracy(params),
  }
}

function money(params: Params, rates: Rates) {
  const amount = parseDecimal(requiredText(params, 'amount'))
  if (amount === undefined) throw invalid('amount', 'numeric')
  const currency = requiredText(params, 'currency').toUpperCase()
  if (!(currency in ASSETS)) throw new HeleketError('The currency was not found')
  const usd = times(amount, rates.usd(currency))
  if (usd < MIN_USD) throw new HeleketError('Minimum amount 0.5 USDT')
  if (usd > MAX_USD) throw new HeleketError('Maximum amount 10000000 USDT')
  return { amount, currency }
}

function orderId(params: Params): string {
  const text = requiredText(params, 'order_id')
  if (text.length > 128) throw invalid('order_id', 'max.string')
  if (!/^[\p{L}\p{M}\p{N}_-]+$/u.test(text)) throw invalid('order_id', 'alpha_dash')
  return text
}

function coin(params: Params): Pick<HeleketPaymentFields, 'toCurrency' | 'network'> {
  const toCurrency = params.text('to_currency').toUpperCase()
  const network = params.text('network').toLowerCase()
  const payable = toCurrency || params.text('currency').toUpperCase()
  if (toCurrency && !networkFor(toCurrency)) throw new HeleketError('The currency was not found')
  if (network && !networkFor(payable, network)) throw new HeleketError('The network was not found')
  return { ...(toCurrency && { toCurrency }), ...(network && { network }) }
}

function address<Name extends string>(params: Params, field: string, name: Name): Partial<Record<Name, string>> {
  const text = params.text(field)
  if (!text) return {}
  if (text.length < 6 || text.length > 255) throw invalid(field, 'between.string')
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw invalid(field, 'url')
  return { [name]: text } as Record<Name, string>
}

function additionalData(params: Params): Pick<HeleketPaymentFields, 'additionalData'> {
  const text = params.text('additional_data')
  if (text.length > MAX_ADDITIONAL_DATA) throw invalid('additional_data', 'max.string')
  return text ? { additionalData: text } : {}
}

function lifetime(params: Params): number {
  const text = params.text('lifetime')
  const seconds = text ? Number(text) : DEFAULT_LIFETIME
  if (!Number.isInteger(seconds)) throw invalid('lifetime', 'integer')
  if (seconds < MIN_LIFETIME || seconds > MAX_LIFETIME) throw invalid('lifetime', 'between.numeric')
  return seconds
}

function accuracy(params: Params): bigint {
  const percent = parseDecimal(params.text('accuracy_payment_percent') || '0')
  if (percent === undefined || percent > decimal(String(MAX_ACCURACY_PERCENT))) {
    throw invalid('accuracy_payment_percent', 'between.numeric')
  }
  return percent
}

export function requiredText(params: Params, name: string): string {
  const text = params.text(name)
  if (!text) throw invalid(name, 'required')
  return text
}
