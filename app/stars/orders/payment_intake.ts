import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { enqueue } from '#core/database/enqueue'
import type { Trx } from '#core/database/transaction'
import type StarOrder from '#stars/models/star_order'
import { OrderBook } from '#stars/orders/order_book'
import { OrderPostings } from '#stars/orders/postings'

export interface Payment {
  transferId: number | null
  actor: Actor
  /** The bot shows it by itself. */
  silent?: boolean
}

/** What follows from a payment, whichever way it came: the Stars are owed, and somebody is woken to deliver them. */
@inject()
export class PaymentIntake {
  constructor(
    private book: OrderBook,
    private postings: OrderPostings
  ) {}

  /** In the transaction that took the money. */
  async take(trx: Trx, order: StarOrder, { transferId, actor, silent }: Payment) {
    await this.book.move(trx, order, { to: 'paid', actor, silent, changes: { paymentTransferId: transferId } })
    await this.postings.sold(trx, order, actor)
    await wakeDelivery(trx, order.id)
  }
}

/** Only a wake-up: the tick `stars.deliver` finds what nobody was woken for. */
export async function wakeDelivery(trx: Trx, orderId: number) {
  const { default: DeliverOrder } = await import('#stars/jobs/deliver_order')
  await enqueue(trx, DeliverOrder, { orderId })
}
