import { inject } from '@adonisjs/core'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import type { StepOutcome } from '#stars/fulfilment/delivery_provider'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import { Handover } from '#stars/fulfilment/handover'
import type StarFulfilment from '#stars/models/star_fulfilment'
import type StarOrder from '#stars/models/star_order'
import { OrderAlerts } from '#stars/orders/order_alerts'
import { OrderBook } from '#stars/orders/order_book'
import { Refunding } from '#stars/orders/refunding'

type Concluded = Exclude<StepOutcome, { kind: 'next' }>
type Failed = Extract<StepOutcome, { kind: 'failed' }>
type ForPerson = Extract<StepOutcome, { kind: 'person' }>

/**
 * Writes down what came of a step that ends a delivery, or lets it wait. An outcome of an attempt that somebody has
 * taken further meanwhile is dropped. What failed for good is refunded in the same transaction.
 */
@inject()
export class ConcludeStep {
  constructor(
    private book: OrderBook,
    private fulfilments: Fulfilments,
    private handover: Handover,
    private refunding: Refunding,
    private alerts: OrderAlerts
  ) {}

  async handle(orderId: number, seen: StarFulfilment, outcome: Concluded) {
    const relieved = await transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      const open = order?.status === 'fulfilling' ? await this.fulfilments.open(trx, orderId) : null
      if (!order || open?.id !== seen.id || open.version !== seen.version) return null
      const { attention } = order
      await this.#write(trx, order, open, outcome)
      return attention && !order.attention ? order : null
    })
    if (relieved) await this.alerts.over(relieved)
  }

  async #write(trx: Trx, order: StarOrder, open: StarFulfilment, outcome: Concluded) {
    if (outcome.kind === 'delivered') return this.handover.complete(trx, order, open, { actor: SYSTEM_ACTOR })
    if (outcome.kind === 'failed') return this.#fail(trx, order, open, outcome)
    if (outcome.kind === 'person') await this.#callForPerson(trx, order, outcome)
    await this.fulfilments.postpone(trx, open, outcome.forMs, outcome.error ?? null)
  }

  /** It goes on: nobody needs to look any more. `seen` is the order as the step began with it. */
  async clearAttention(seen: StarOrder) {
    if (!seen.attention) return
    const isOver = await transaction(async (trx) => {
      const order = await this.book.lock(trx, seen.id)
      if (order?.status !== 'fulfilling') return false
      await this.book.clearAttention(trx, order.id)
      return true
    })
    if (isOver) await this.alerts.over(seen)
  }

  async #fail(trx: Trx, order: StarOrder, open: StarFulfilment, { reason, error }: Failed) {
    await this.fulfilments.finish(trx, open, 'failed', error)
    await this.book.move(trx, order, {
      to: 'failed',
      actor: SYSTEM_ACTOR,
      note: error,
      silent: true,
      changes: { reason },
    })
    const refunded = await this.refunding.refund(trx, order, { actor: SYSTEM_ACTOR, note: error })
    if (refunded.ok) return
    await this.#callForPerson(trx, order, {
      kind: 'person',
      attention: 'refund_refused',
      forMs: 0,
      error: refunded.refusal.code,
    })
  }

  async #callForPerson(trx: Trx, order: StarOrder, { attention, error }: ForPerson) {
    const isNews = await this.book.callForPerson(trx, order, attention, SYSTEM_ACTOR, error)
    if (isNews) await this.alerts.needsAttention(trx, order, attention)
  }
}
