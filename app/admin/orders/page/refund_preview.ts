import { inject } from '@adonisjs/core'
import { refuse } from '#core/result'
import { OrderBook } from '#stars/orders/order_book'
import { Refunding } from '#stars/orders/refunding'
import { previewOf, PREVIEW_ACTOR } from '#admin/shared/ledger_preview'

/** What giving the price of an order back would do to the ledger, or why that is not possible. */
@inject()
export class RefundPreview {
  constructor(
    private book: OrderBook,
    private refunding: Refunding
  ) {}

  of(orderId: number) {
    return previewOf(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (!order) return refuse('order_not_found')
      return this.refunding.refund(trx, order, { actor: PREVIEW_ACTOR, note: 'preview', reason: 'by_admin' })
    })
  }
}
