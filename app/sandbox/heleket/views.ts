import { PhpFloat } from '#sandbox/heleket/php_json'
import type { HeleketPayment, HeleketStatus } from '#sandbox/heleket/types'
import { decimal, formatDecimal, times, type Decimal } from '#sandbox/services/decimal'
import { ASSETS, type Rates } from '#sandbox/services/rates'

/** Heleket keeps two per cent. */
const FEE_SHARE = decimal('0.02')
const MOSCOW_MS = 3 * 60 * 60 * 1000

const FINAL: readonly HeleketStatus[] = [
  'paid',
  'paid_over',
  'wrong_amount',
  'cancel',
  'fail',
  'system_fail',
  'refund_paid',
  'refund_fail',
  'locked',
]

export function isFinal(status: HeleketStatus): boolean {
  return FINAL.includes(status)
}

/** A payment as the API shows it. In place of pay.heleket.com its `url` leads to the sandbox's pay page. */
export function paymentView(payment: HeleketPayment, origin: string): Record<string, unknown> {
  const { payer, status } = payment
  return {
    uuid: payment.uuid,
    order_id: payment.orderId,
    amount: fiatOrCoins(payment.amount, payment.currency),
    payment_amount: payment.received > 0n ? coins(payment.received) : null,
    payer_amount: payer ? coins(payer.amount) : null,
    discount_percent: null,
    discount: '0.00000000',
    payer_currency: payer?.currency ?? null,
    currency: payment.currency,
    merchant_amount: payment.received > 0n ? coins(merchantShare(payment.received)) : null,
    comments: null,
    network: payer?.network ?? null,
    address: payer?.address ?? null,
    from: payment.from ?? null,
    txid: payment.txid ?? null,
    payment_status: status,
    status,
    url: `${origin}/pay/heleket/${payment.uuid}`,
    expired_at: Math.floor(payment.expiresAt / 1000),
    is_final: isFinal(status),
    additional_data: payment.additionalData ?? null,
    created_at: moscowTime(payment.createdAt),
    updated_at: moscowTime(payment.updatedAt),
  }
}

/** What a webhook tells, without its `sign`. */
export function webhookView(payment: HeleketPayment, rates: Rates): Record<string, unknown> {
  const { payer, status, received } = payment
  const usd = payer ? times(received, rates.usd(payer.currency)) : 0n
  return {
    type: 'payment',
    uuid: payment.uuid,
    order_id: payment.orderId,
    amount: fiatOrCoins(payment.amount, payment.currency),
    payment_amount: coins(received),
    payment_amount_usd: formatDecimal(usd, { min: 2, max: 2 }),
    merchant_amount: coins(merchantShare(received)),
    commission: coins(received - merchantShare(received)),
    is_final: isFinal(status),
    status,
    from: payment.from ?? null,
    wallet_address_uuid: null,
    network: payer?.network ?? null,
    currency: payment.currency,
    payer_currency: payer?.currency ?? null,
    payer_amount: payer ? coins(payer.amount) : null,
    payer_amount_exchange_rate: payer ? new PhpFloat(Number(formatDecimal(rates.usd(payer.currency)))) : null,
    additional_data: payment.additionalData ?? null,
    txid: payment.txid ?? null,
  }
}

export function merchantShare(received: Decimal): Decimal {
  return received - times(received, FEE_SHARE)
}

function coins(amount: Decimal): string {
  return formatDecimal(amount, { min: 8, max: 8 })
}

function fiatOrCoins(amount: Decimal, currency: string): string {
  return ASSETS[currency].isFiat ? formatDecimal(amount, { min: 2, max: 2 }) : coins(amount)
}

/** `2026-11-21T11:30:00+03:00` */
function moscowTime(at: number): string {
  return `${new Date(at + MOSCOW_MS).toISOString().slice(0, 19)}+03:00`
}
