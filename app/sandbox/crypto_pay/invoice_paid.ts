import { createHash, createHmac } from 'node:crypto'
import type { CryptoPay } from '#sandbox/crypto_pay/crypto_pay'
import type { CryptoInvoice, CryptoPayApp } from '#sandbox/crypto_pay/types'
import { invoiceView, iso } from '#sandbox/crypto_pay/views'
import { formatDecimal } from '#sandbox/services/decimal'
import type { NewWebhook } from '#sandbox/services/webhooks'

/** The webhook about a paid invoice. Its signature is HMAC-SHA256 over the raw body, keyed with SHA-256 of the token. */
export function invoicePaid(
  cryptoPay: CryptoPay,
  app: CryptoPayApp,
  invoice: CryptoInvoice,
  updateId: number
): NewWebhook {
  const update = {
    update_id: updateId,
    update_type: 'invoice_paid',
    request_date: iso(cryptoPay.context.clock.now()),
    payload: invoiceView(cryptoPay, invoice),
  }
  return {
    service: 'crypto_pay',
    event: 'invoice_paid',
    subject: String(invoice.id),
    url: app.webhookUrl ?? `${cryptoPay.context.productUrl}/webhook/cryptobot`,
    compose: (variant) => {
      const payload = variant === 'wrong_amount' ? halved(update.payload, invoice) : update.payload
      const body = JSON.stringify({ ...update, payload })
      const signature = sign(variant === 'wrong_signature' ? `${app.token}-of-somebody-else` : app.token, body)
      return { body, headers: { 'crypto-pay-api-signature': signature } }
    },
  }
}

export function sign(token: string, body: string): string {
  const key = createHash('sha256').update(token).digest()
  return createHmac('sha256', key).update(body).digest('hex')
}

function halved(payload: Record<string, unknown>, { amount, paid }: CryptoInvoice): Record<string, unknown> {
  return { ...payload, amount: formatDecimal(amount / 2n), paid_amount: formatDecimal((paid?.amount ?? amount) / 2n) }
}
