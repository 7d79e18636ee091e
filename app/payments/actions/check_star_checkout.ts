import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import Invoice from '#payments/models/invoice'
import { PurposeHandlers } from '#payments/purposes'

export interface StarCheckout {
  telegramId: number
  payload: string
  currency: string
  stars: number
}

/**
 * Whether Telegram may take the Stars now: it asks before each payment, so that a link can be paid once, in time, by
 * the customer it was made for. Refuses `invoice_not_found`, `invoice_not_open`, `invoice_changed`, `customer_banned`,
 * and what the owner of the purpose refuses.
 */
@inject()
export class CheckStarCheckout {
  constructor(
    private clock: Clock,
    private purposes: PurposeHandlers
  ) {}

  handle({ telegramId, payload, currency, stars }: StarCheckout): Promise<Result<unknown>> {
    return transaction(async (trx) => {
      const where = { provider: 'telegram_stars', reference: payload }
      const invoice = await Invoice.query({ client: trx }).where(where).forUpdate().first()
      const customer = await Customer.findBy('telegramId', telegramId, { client: trx })
      if (!invoice || invoice.customerId !== customer?.id) return refuse('invoice_not_found')
      if (customer.isBanned) return refuse('customer_banned')
      if (!invoice.isOpen || this.clock.now() >= invoice.expiresAt) return refuse('invoice_not_open')
      if (currency !== 'XTR' || BigInt(stars) !== invoice.chargeAmount) return refuse('invoice_changed')
      return (await this.purposes.of(invoice.purpose).mayPay?.(trx, invoice)) ?? ok()
    })
  }
}
