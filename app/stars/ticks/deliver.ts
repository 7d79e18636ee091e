import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { Deliveries } from '#stars/fulfilment/deliveries'

const AT_ONCE = 50

/** Takes up what nobody was woken for: paid orders that were not begun, and deliveries whose next step is due. */
@inject()
export class Deliver implements Tick {
  readonly name = 'stars.deliver'
  readonly everyMs = 2000

  constructor(
    private clock: Clock,
    private logger: Logger,
    private deliveries: Deliveries
  ) {}

  async run(signal: AbortSignal) {
    for (const id of await this.#due()) {
      if (signal.aborted) return
      try {
        await this.deliveries.run(id)
      } catch (error) {
        this.logger.error({ err: error, order: id }, 'An order could not be taken further; it is tried again')
      }
    }
  }

  async #due(): Promise<number[]> {
    const paid = await db.from('star_orders').where('status', 'paid').orderBy('id').limit(AT_ONCE).select('id')
    const due = await db
      .from('star_fulfilments')
      .whereNull('finished_at')
      .where('next_step_at', '<=', this.clock.now())
      .where('provider', 'fragment')
      .orderBy('next_step_at')
      .limit(AT_ONCE)
      .select('order_id')
    return [...new Set([...paid.map(({ id }) => id), ...due.map(({ order_id: id }) => id)])]
  }
}
