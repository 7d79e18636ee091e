import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { ReceivedPaymentsQuery } from '#payments/queries/received_payments_query'
import { StarsFiguresQuery } from '#stars/queries/stars_figures_query'
import { Memory } from '#stats/memory'

const LASTS = 10_000

/** What was sold and received since a moment, and what waits for a person in payments and orders. */
@inject()
export class MoneyOverviewQuery {
  constructor(
    private clock: Clock,
    private memory: Memory,
    private figures: StarsFiguresQuery,
    private received: ReceivedPaymentsQuery
  ) {}

  async run(since: number) {
    const until = this.clock.now() + 1
    const sales = await this.memory.remember(`stars:sales:${since}`, LASTS, () =>
      this.figures.run({ from: since, until })
    )
    const received = await this.memory.remember(`payments:received:${since}`, LASTS, () =>
      this.received.run({ from: since, until })
    )
    return {
      sales,
      orders: sales.reduce((total, { orders }) => total + orders, 0),
      stars: sales.reduce((total, { stars }) => total + stars, 0),
      received,
      breaks: await this.openBreaks(),
      deliveries: await this.deliveries(),
    }
  }

  /** Payments that don't fit, not settled yet. */
  openBreaks() {
    return this.memory.remember('payments:breaks', LASTS, () =>
      countOf(db.from('payment_breaks').where('status', 'open'))
    )
  }

  /** Orders to be delivered by hand, and deliveries that got stuck. */
  deliveries() {
    return this.memory.remember('stars:deliveries', LASTS, () =>
      countOf(
        db
          .from('star_orders')
          .where('status', 'fulfilling')
          .where((either) => void either.where('provider', 'manual').orWhereNotNull('attention'))
      )
    )
  }
}

async function countOf(query: ReturnType<typeof db.from>) {
  const [{ total }] = await query.count('* as total')
  return Number(total)
}
