import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { ReferralRewards } from '#customers/referral/referral_rewards'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import type StarFulfilment from '#stars/models/star_fulfilment'
import type StarOrder from '#stars/models/star_order'
import { OrderBook } from '#stars/orders/order_book'
import { OrderPostings } from '#stars/orders/postings'

/** The recipient has the Stars: the end of an order, whoever brought it about. */
@inject()
export class Handover {
  constructor(
    private book: OrderBook,
    private fulfilments: Fulfilments,
    private postings: OrderPostings,
    private referrals: ReferralRewards
  ) {}

  /** The order's row is locked. The referrer's is locked here, before any account, as by whoever buys. */
  async complete(
    trx: Trx,
    order: StarOrder,
    fulfilment: StarFulfilment,
    { actor, note = null }: { actor: Actor; note?: string | null }
  ) {
    await this.fulfilments.finish(trx, fulfilment, 'delivered')
    const cause = { type: 'star_order', id: order.id }
    await this.referrals.earn(trx, { invitedId: order.customerId, cause, purchase: order.total })
    await this.postings.delivered(trx, order, actor)
    await this.book.move(trx, order, { to: 'fulfilled', actor, note })
  }
}
