import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import StarOrder from '#stars/models/star_order'
import StarOrderEvent from '#stars/models/star_order_event'
import { OrderProgress } from '#stars/orders/order_progress'
import { mayBecome } from '#stars/orders/transitions'
import type { Attention, OrderStatus } from '#stars/values'

export interface Step {
  to: OrderStatus
  actor: Actor
  note?: string | null
  changes?: Partial<Pick<StarOrder, 'provider' | 'invoiceId' | 'paymentTransferId' | 'refundTransferId' | 'reason'>>
  /** The bot shows the new state by itself. */
  silent?: boolean
}

/** Moves orders along their states: the only writer of `status`, with the history and the news to the customer. */
@inject()
export class OrderBook {
  constructor(
    private clock: Clock,
    private progress: OrderProgress
  ) {}

  /** The row that every change of an order locks first. */
  lock(trx: Trx, orderId: number): Promise<StarOrder | null> {
    return StarOrder.query({ client: trx }).where('id', orderId).forUpdate().first()
  }

  /** @throws on a step that no order may take: callers ask first. */
  async move(trx: Trx, order: StarOrder, { to, actor, note = null, changes = {}, silent = false }: Step) {
    if (!mayBecome(order.status, to)) throw new Error(`A Stars order can't go from ${order.status} to ${to}`)
    const now = this.clock.now()
    await order
      .merge({ ...changes, ...momentOf(to, now), status: to, attention: null, attentionAt: null, updatedAt: now })
      .save()
    await this.write(trx, order, { event: to, actor, note })
    if (!silent) await this.progress.tell(trx, order)
  }

  /** A person must look at it. Answers whether that is news. */
  async callForPerson(trx: Trx, order: StarOrder, attention: Attention, actor: Actor, note: string | null = null) {
    if (order.attention === attention) return false
    const now = this.clock.now()
    await order.merge({ attention, attentionAt: now, updatedAt: now }).save()
    await this.write(trx, order, { event: attention, actor, note })
    return true
  }

  /** It goes on: nobody needs to look any more. The row is locked. */
  async clearAttention(trx: Trx, orderId: number) {
    await StarOrder.query({ client: trx }).where('id', orderId).update({ attention: null, attentionAt: null })
  }

  /** One line of the order's history. */
  async write(trx: Trx, order: StarOrder, line: { event: string; actor: Actor; note?: string | null }) {
    const { event, actor, note = null } = line
    await StarOrderEvent.create(
      {
        orderId: order.id,
        event,
        status: order.status,
        note,
        actorType: actor.type,
        actorId: actor.id,
        actorName: actor.name.slice(0, 120),
        createdAt: this.clock.now(),
      },
      { client: trx }
    )
  }
}

function momentOf(status: OrderStatus, now: number): Partial<StarOrder> {
  switch (status) {
    case 'paid':
      return { paidAt: now }
    case 'fulfilling':
      return { fulfillingAt: now }
    case 'fulfilled':
      return { fulfilledAt: now }
    case 'failed':
      return { failedAt: now }
    case 'refunded':
      return { refundedAt: now }
    case 'cancelled':
      return { cancelledAt: now }
    default:
      return {}
  }
}
