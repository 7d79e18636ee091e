import { inject } from '@adonisjs/core'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { DeliveryProviders } from '#stars/fulfilment/delivery_providers'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import { OrderBook } from '#stars/orders/order_book'
import { providerFor, readTerms } from '#stars/pricing/terms'

/**
 * Begins the delivery of a paid order, once, however many ask at once. Fragment gets what it can sell and send; the
 * rest is for a person. Refuses with `not_due` when there is nothing to begin.
 */
@inject()
export class StartFulfilment {
  constructor(
    private settings: Settings,
    private book: OrderBook,
    private fulfilments: Fulfilments,
    private providers: DeliveryProviders
  ) {}

  async handle(orderId: number) {
    return transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (order?.status !== 'paid') return refuse('not_due')

      const terms = await readTerms(this.settings, trx)
      const provider = order.recipientUsername ? providerFor(terms, order.delivered) : 'manual'
      await this.book.move(trx, order, { to: 'fulfilling', actor: SYSTEM_ACTOR, changes: { provider } })
      const fulfilment = await this.fulfilments.begin(trx, order.id, provider)
      await this.providers.of(provider).begin(trx, order)
      return ok({ order, fulfilment })
    })
  }
}
