import { Money } from '#core/money/money'
import type { ProviderInvoice } from '#payments/providers/payment_provider'

/** A payment in Stars as Telegram told of it, in an update or in the list of transactions. */
export interface StarPayment {
  /** Who paid. */
  telegramId: number
  /** What we gave the invoice: our reference. */
  payload: string
  chargeId: string
  stars: number
  /** Epoch milliseconds. */
  paidAt: number
}

/** In the words that all providers use. The bot consented to the sum, so what was asked for is what came. */
export function starPaymentWord({ payload, chargeId, stars, paidAt, telegramId }: StarPayment): ProviderInvoice {
  const received = Money.of(BigInt(stars), 'STARS')
  return {
    id: payload,
    reference: payload,
    state: 'paid',
    asked: received,
    received,
    paid: { asset: 'XTR', amount: String(stars) },
    paymentId: chargeId,
    paidAt,
    url: null,
    raw: { payload, chargeId, stars, paidAt, telegramId },
  }
}
