import type { CryptoPay } from '#sandbox/crypto_pay/crypto_pay'
import type { CryptoInvoice, CryptoInvoicePayment, CryptoTransfer } from '#sandbox/crypto_pay/types'
import { formatDecimal } from '#sandbox/services/decimal'

/**
 * An invoice as the API and webhooks show it. In place of addresses at t.me all links lead to the sandbox's pay page.
 */
export function invoiceView(cryptoPay: CryptoPay, invoice: CryptoInvoice): Record<string, unknown> {
  const url = `${cryptoPay.context.origin}/pay/crypto-pay/${invoice.hash}`
  const { currencyType, currency, paid } = invoice
  return {
    invoice_id: invoice.id,
    hash: invoice.hash,
    currency_type: currencyType,
    ...(currencyType === 'crypto' ? { asset: currency } : { fiat: currency, accepted_assets: invoice.acceptedAssets }),
    amount: invoice.amountText,
    ...(paid && paidFields(paid)),
    pay_url: url,
    bot_invoice_url: url,
    mini_app_invoice_url: url,
    web_app_invoice_url: url,
    ...(invoice.description && { description: invoice.description }),
    status: cryptoPay.statusOf(invoice),
    created_at: iso(invoice.createdAt),
    allow_comments: invoice.allowComments,
    allow_anonymous: invoice.allowAnonymous,
    ...(invoice.expiresAt !== undefined && { expiration_date: iso(invoice.expiresAt) }),
    ...(paid && { paid_at: iso(paid.at), paid_anonymously: paid.anonymously }),
    ...(paid?.comment && { comment: paid.comment }),
    ...(invoice.hiddenMessage && { hidden_message: invoice.hiddenMessage }),
    ...(invoice.payload && { payload: invoice.payload }),
    ...(invoice.paidButton && { paid_btn_name: invoice.paidButton.name, paid_btn_url: invoice.paidButton.url }),
  }
}

function paidFields(paid: CryptoInvoicePayment): Record<string, unknown> {
  return {
    paid_asset: paid.asset,
    paid_amount: formatDecimal(paid.amount),
    paid_usd_rate: formatDecimal(paid.usdRate),
    usd_rate: formatDecimal(paid.usdRate),
    fee_asset: paid.asset,
    fee_amount: Number(formatDecimal(paid.fee)),
    fee: formatDecimal(paid.fee),
  }
}

export function transferView(transfer: CryptoTransfer): Record<string, unknown> {
  return {
    transfer_id: transfer.id,
    spend_id: transfer.spendId,
    user_id: transfer.userId,
    asset: transfer.asset,
    amount: formatDecimal(transfer.amount),
    status: 'completed',
    completed_at: iso(transfer.completedAt),
    ...(transfer.comment && { comment: transfer.comment }),
  }
}

export function iso(moment: number): string {
  return new Date(moment).toISOString()
}
