import { inject } from '@adonisjs/core'
import { transaction } from '#core/database/transaction'
import { ok } from '#core/result'
import { NewOrders } from '#stars/orders/new_orders'
import { PaymentIntake } from '#stars/orders/payment_intake'
import { OrderPostings } from '#stars/orders/postings'
import type { PurchaseInput } from '#stars/orders/purchase'
import { IN_TON } from '#stars/pricing/star_rates'

/**
 * Buys Stars with the customer's TON: money, order, history and news in one transaction. The same key again answers
 * the order it made. Refuses with `customer_not_found`, `customer_banned`, `invalid_username`, `username_of_bot`,
 * `stars_off`, `balance_purchases_off`, `package_not_found`, `package_not_offered`, `stars_out_of_range`,
 * `price_changed` (with the new `quote`), `insufficient_funds` or `idempotency_conflict`.
 */
@inject()
export class BuyFromBalance {
  constructor(
    private orders: NewOrders,
    private postings: OrderPostings,
    private intake: PaymentIntake
  ) {}

  async handle(input: PurchaseInput) {
    return transaction(async (trx) => {
      const asked = await this.orders.admit(trx, input, 'balance', IN_TON)
      if (!asked.ok) return asked
      const { earlier, admitted } = asked.value
      if (earlier) return ok(earlier)

      const { quote, reference, actor } = admitted
      const { customerId, key } = input
      const charged = await this.postings.charge(trx, { customerId, key, price: quote.price, reference, actor })
      if (!charged.ok) return charged

      const order = await this.orders.create(trx, input, admitted)
      const isShown = Boolean(input.messageId)
      await this.intake.take(trx, order, { transferId: charged.value.id, actor, silent: isShown })
      return ok(order)
    })
  }
}
