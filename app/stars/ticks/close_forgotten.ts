import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { OrderBook } from '#stars/orders/order_book'

const MINUTE = 60_000
const FORGOTTEN_MS = 15 * MINUTE

/** Orders whose maker died before there was an invoice that anybody could pay. */
@inject()
export class CloseForgotten implements Tick {
  readonly name = 'stars.close_forgotten'
  readonly everyMs = MINUTE

  constructor(
    private clock: Clock,
    private book: OrderBook
  ) {}

  async run(signal: AbortSignal) {
    const forgotten = await db
      .from('star_orders')
      .where('status', 'created')
      .where('created_at', '<', this.clock.now() - FORGOTTEN_MS)
      .whereNotExists((invoices) =>
        invoices
          .from('invoices')
          .where('subject_type', 'star_order')
          .whereColumn('subject_id', 'star_orders.id')
          .whereIn('status', ['created', 'pending', 'paid', 'underpaid', 'overpaid'])
          .select('id')
      )
      .orderBy('id')
      .limit(100)
      .select('id')
    for (const { id } of forgotten) {
      if (signal.aborted) return
      await this.#close(id)
    }
  }

  #close(orderId: number) {
    return transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (order?.status !== 'created') return
      const changes = { reason: 'never_invoiced' as const }
      await this.book.move(trx, order, { to: 'cancelled', actor: SYSTEM_ACTOR, changes })
    })
  }
}
