import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { ExposureBoardQuery } from '#markets/queries/exposure_board_query'
import { Memory } from '#stats/memory'

const LASTS = 10_000

/** What the house has at stake, and the markets that wait for somebody to say how they ended. */
@inject()
export class MarketsOverviewQuery {
  constructor(
    private clock: Clock,
    private memory: Memory,
    private board: ExposureBoardQuery
  ) {}

  async run(dayEnd: number) {
    const board = await this.memory.remember(`markets:board:${dayEnd}`, LASTS, () => this.board.run(dayEnd))
    return { ...board, awaiting: await this.awaiting() }
  }

  /** Over or closed, and no decision under way. */
  awaiting() {
    return this.memory.remember('markets:awaiting', LASTS, async () => {
      const [{ total }] = await db
        .from('markets')
        .where((either) =>
          either
            .where('status', 'closed')
            .orWhere((over) => over.where('status', 'active').where('ends_at', '<=', this.clock.now()))
        )
        .whereNotExists((open) =>
          open
            .from('market_settlements')
            .whereColumn('market_settlements.market_id', 'markets.id')
            .whereIn('market_settlements.status', ['waiting', 'running'])
        )
        .count('* as total')
      return Number(total)
    })
  }
}
