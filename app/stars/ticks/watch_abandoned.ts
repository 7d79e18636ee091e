import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import type { Tick } from '#core/contracts/ticks'
import { Money } from '#core/money/money'
import StarFulfilment from '#stars/models/star_fulfilment'
import StarOrder from '#stars/models/star_order'
import { OrderAlerts } from '#stars/orders/order_alerts'
import { OrderPostings } from '#stars/orders/postings'
import { TonPayments } from '#ton/ton_payments'

const EVERY_MS = 15_000

/**
 * Payments whose delivery a person has ended while they were on their way: nobody sends them any more, and until it
 * is known what became of them the wallet pays nothing else. One that the chain has taken is booked, and told.
 */
@inject()
export class WatchAbandoned implements Tick {
  readonly name = 'stars.watch_abandoned'
  readonly everyMs = EVERY_MS

  constructor(
    private logger: Logger,
    private payments: TonPayments,
    private postings: OrderPostings,
    private alerts: OrderAlerts
  ) {}

  async run(signal: AbortSignal) {
    for (const { id, purpose } of await db.from('ton_transfers').whereNull('settled_at').select('id', 'purpose')) {
      if (signal.aborted) return
      const fulfilment = await StarFulfilment.find(Number(/^star_fulfilment:(\d+)$/.exec(purpose)?.[1] ?? 0))
      if (!fulfilment?.finishedAt) continue
      await this.#watch(id, fulfilment).catch((error) =>
        this.logger.warn({ err: error, transfer: id }, 'What became of a payment could not be seen; trying again')
      )
    }
  }

  async #watch(transferId: number, fulfilment: StarFulfilment) {
    const order = await StarOrder.findOrFail(fulfilment.orderId)
    await this.payments.watch(transferId, async (trx, outcome) => {
      if (outcome !== 'confirmed' && outcome !== 'unknown') return
      const cost = Money.of(BigInt(fulfilment.progress.message!.amount), 'TON')
      if (outcome === 'confirmed') await this.postings.cost(trx, order, fulfilment, cost)
      await this.alerts.paidAfterEnd(trx, order, outcome)
    })
  }
}
