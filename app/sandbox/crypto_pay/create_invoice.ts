import type { Params } from '#sandbox/api/params'
import { CryptoPayError } from '#sandbox/crypto_pay/crypto_pay_error'
import type { CryptoInvoiceFields } from '#sandbox/crypto_pay/types'
import { decimal, parseDecimal } from '#sandbox/services/decimal'
import { cryptoCodes, fiatCodes, type Rates } from '#sandbox/services/rates'
import { times } from '#sandbox/services/decimal'

const MAX_DESCRIPTION = 1024
const MAX_HIDDEN_MESSAGE = 2048
const MAX_PAYLOAD_BYTES = 4096
const MAX_EXPIRES_IN = 2_678_400
const MIN_USD = decimal('0.01')
const MAX_USD = decimal('25000')
const PAID_BUTTONS = ['viewItem', 'openChannel', 'openBot', 'callback']

/** The parameters of createInvoice, checked in the order in which Crypto Pay seems to. */
export function invoiceFields(params: Params, rates: Rates): CryptoInvoiceFields {
  const money = moneyOf(params)
  const usd = times(money.amount, rates.usd(money.currency))
  if (usd < MIN_USD) throw new CryptoPayError('AMOUNT_TOO_SMALL')
  if (usd > MAX_USD) throw new CryptoPayError('AMOUNT_TOO_BIG')
  return {
    ...money,
    ...limited(params, 'description', MAX_DESCRIPTION, 'DESCRIPTION_TOO_LONG'),
    ...hiddenMessage(params),
    ...paidButton(params),
    ...payload(params),
    allowComments: !params.has('allow_comments') || params.flag('allow_comments'),
    allowAnonymous: !params.has('allow_anonymous') || params.flag('allow_anonymous'),
    ...expiry(params),
  }
}

function moneyOf(params: Params) {
  const currencyType = params.text('currency_type') || 'crypto'
  if (currencyType !== 'crypto' && currencyType !== 'fiat') throw new CryptoPayError('CURRENCY_TYPE_INVALID')
  const currency = currencyType === 'crypto' ? asset(params.text('asset')) : fiat(params.text('fiat'))
  const amountText = params.text('amount')
  if (!amountText) throw new CryptoPayError('AMOUNT_REQUIRED')
  const amount = parseDecimal(amountText)
  if (amount === undefined) throw new CryptoPayError('AMOUNT_INVALID')
  return { currencyType, currency, amount, amountText, acceptedAssets: acceptedAssets(params) } as const
}

export function asset(code: string): string {
  if (!code) throw new CryptoPayError('ASSET_REQUIRED')
  if (!cryptoCodes().includes(code)) throw new CryptoPayError('UNSUPPORTED_ASSET')
  return code
}

function fiat(code: string): string {
  if (!code) throw new CryptoPayError('FIAT_REQUIRED')
  if (!fiatCodes().includes(code)) throw new CryptoPayError('UNSUPPORTED_FIAT')
  return code
}

function acceptedAssets(params: Params): string[] {
  const value = params.values.accepted_assets
  const codes = (Array.isArray(value) ? value.map(String) : params.text('accepted_assets').split(',')).filter(Boolean)
  return codes.length > 0 ? codes.map((code) => asset(code.trim())) : cryptoCodes()
}

function limited(params: Params, name: string, max: number, error: string): Record<string, string> {
  const text = params.text(name)
  if (text.length > max) throw new CryptoPayError(error)
  return text ? { [name]: text } : {}
}

function hiddenMessage(params: Params): Pick<CryptoInvoiceFields, 'hiddenMessage'> {
  const { hidden_message: hidden } = limited(params, 'hidden_message', MAX_HIDDEN_MESSAGE, 'HIDDEN_MESSAGE_TOO_LONG')
  return hidden ? { hiddenMessage: hidden } : {}
}

function paidButton(params: Params): Pick<CryptoInvoiceFields, 'paidButton'> {
  const name = params.text('paid_btn_name')
  if (!name) return {}
  if (!PAID_BUTTONS.includes(name)) throw new CryptoPayError('PAID_BTN_NAME_INVALID')
  const url = params.text('paid_btn_url')
  if (!url) throw new CryptoPayError('PAID_BTN_URL_REQUIRED')
  if (!/^(https?|tg):\/\/\S+$/.test(url)) throw new CryptoPayError('PAID_BTN_URL_INVALID')
  return { paidButton: { name, url } }
}

function payload(params: Params): Pick<CryptoInvoiceFields, 'payload'> {
  const text = params.text('payload')
  if (Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) throw new CryptoPayError('PAYLOAD_TOO_LONG')
  return text ? { payload: text } : {}
}

function expiry(params: Params): Pick<CryptoInvoiceFields, 'expiresIn'> {
  const text = params.text('expires_in')
  if (!text) return {}
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_EXPIRES_IN) {
    throw new CryptoPayError('EXPIRES_IN_INVALID')
  }
  return { expiresIn: seconds }
}
