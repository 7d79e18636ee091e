import type { Params } from '#sandbox/api/params'
import { asset, invoiceFields } from '#sandbox/crypto_pay/create_invoice'
import type { CryptoPay } from '#sandbox/crypto_pay/crypto_pay'
import { CryptoPayError } from '#sandbox/crypto_pay/crypto_pay_error'
import type { CryptoPayApp } from '#sandbox/crypto_pay/types'
import { invoiceView, transferView } from '#sandbox/crypto_pay/views'
import { formatDecimal, parseDecimal } from '#sandbox/services/decimal'
import { ASSETS, cryptoCodes, fiatCodes } from '#sandbox/services/rates'

export interface CryptoPayCall {
  cryptoPay: CryptoPay
  app: CryptoPayApp
  params: Params
}

type Method = (call: CryptoPayCall) => unknown

const MAX_COUNT = 1000
const STATUSES = ['active', 'paid', 'expired']

const getMe: Method = ({ app }) => ({
  app_id: app.id,
  name: app.name,
  payment_processing_bot_username: 'CryptoBot',
})

const createInvoice: Method = ({ cryptoPay, app, params }) =>
  invoiceView(cryptoPay, cryptoPay.create(app, invoiceFields(params, cryptoPay.context.rates)))

const deleteInvoice: Method = ({ cryptoPay, app, params }) => {
  cryptoPay.remove(app, params.integer('invoice_id'))
  return true
}

const getInvoices: Method = ({ cryptoPay, app, params }) => {
  const ids = listOf(params, 'invoice_ids')
  const status = params.text('status')
  if (status && !STATUSES.includes(status)) throw new CryptoPayError('STATUS_INVALID')
  const found = cryptoPay.all(app).filter((invoice) => {
    if (ids.length > 0 && !ids.includes(String(invoice.id))) return false
    if (params.has('asset') && invoice.currency !== params.text('asset')) return false
    if (params.has('fiat') && invoice.currency !== params.text('fiat')) return false
    return !status || cryptoPay.statusOf(invoice) === status
  })
  return { items: page(found, params).map((invoice) => invoiceView(cryptoPay, invoice)) }
}

const getBalance: Method = ({ app }) =>
  [...app.balances].map(([code, available]) => ({
    currency_code: code,
    available: formatDecimal(available, { max: ASSETS[code].decimals }),
    onhold: '0',
  }))

const getExchangeRates: Method = ({ cryptoPay }) =>
  cryptoCodes().flatMap((source) =>
    fiatCodes().map((target) => ({
      is_valid: true,
      is_crypto: true,
      is_fiat: false,
      source,
      target,
      rate: formatDecimal(cryptoPay.context.rates.between(source, target), { min: 8, max: 8 }),
    }))
  )

const getCurrencies: Method = () =>
  Object.entries(ASSETS).map(([code, { name, decimals, isStablecoin = false, isFiat = false }]) => ({
    is_blockchain: !isFiat && !isStablecoin,
    is_stablecoin: isStablecoin,
    is_fiat: isFiat,
    name,
    code,
    decimals,
  }))

const transfer: Method = ({ cryptoPay, app, params }) => {
  const userId = params.integer('user_id')
  if (!(userId > 0)) throw new CryptoPayError('USER_ID_REQUIRED')
  const amount = parseDecimal(params.text('amount'))
  if (!amount) throw new CryptoPayError('AMOUNT_INVALID')
  const spendId = params.text('spend_id')
  if (!spendId) throw new CryptoPayError('SPEND_ID_REQUIRED')
  if (spendId.length > 64) throw new CryptoPayError('SPEND_ID_INVALID')
  const comment = params.text('comment')
  const fields = { spendId, userId, asset: asset(params.text('asset')), amount, ...(comment && { comment }) }
  return transferView(cryptoPay.transfer(app, fields))
}

const getTransfers: Method = ({ cryptoPay, app, params }) => {
  const ids = listOf(params, 'transfer_ids')
  const found = cryptoPay
    .transfers(app)
    .filter(({ id, spendId }) => ids.length === 0 || ids.includes(String(id)) || ids.includes(spendId))
    .filter(({ spendId }) => !params.has('spend_id') || spendId === params.text('spend_id'))
    .filter((row) => !params.has('asset') || row.asset === params.text('asset'))
  return { items: page(found.reverse(), params).map(transferView) }
}

function listOf(params: Params, name: string): string[] {
  const value = params.values[name]
  const items = Array.isArray(value) ? value.map(String) : params.text(name).split(',')
  return items.map((item) => item.trim()).filter(Boolean)
}

function page<T>(items: T[], params: Params): T[] {
  const offset = params.integer('offset', 0, 0)
  return items.slice(offset, offset + params.integer('count', 100, 1, MAX_COUNT))
}

export const CRYPTO_PAY_METHODS: Readonly<Record<string, Method>> = {
  getMe,
  createInvoice,
  deleteInvoice,
  getInvoices,
  getBalance,
  getExchangeRates,
  getCurrencies,
  transfer,
  getTransfers,
}
