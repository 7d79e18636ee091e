import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import Market from '#markets/models/market'

const AT_ONCE = 100

/** Markets whose end has come. Bets are refused from that very moment, whether or not this has run. */
@inject()
export class CloseEnded implements Tick {
  readonly name = 'markets.close_ended'
  readonly everyMs = 10_000

  constructor(private clock: Clock) {}

  async run(signal: AbortSignal) {
    const ended = await db
      .from('markets')
      .where('status', 'active')
      .where('ends_at', '<=', this.clock.now())
      .orderBy('ends_at')
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id')
    for (const { id } of ended) {
      if (signal.aborted) return
      await this.#close(id)
    }
  }

  /** The end may have been moved meanwhile. */
  #close(marketId: number) {
    return transaction(async (trx) => {
      const market = await Market.query({ client: trx }).where('id', marketId).forUpdate().first()
      const now = this.clock.now()
      if (market?.status !== 'active' || market.isOpenAt(now)) return
      await market.merge({ status: 'closed', closedAt: now, updatedAt: now, revision: market.revision + 1 }).save()
    })
  }
}
