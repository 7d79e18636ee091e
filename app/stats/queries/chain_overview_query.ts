import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { WAITING } from '#chain/operations/reasons'
import { Clock } from '#core/clock'
import { CurrentRaffleQuery } from '#raffles/queries/current_raffle_query'
import { RaffleFiguresQuery } from '#raffles/queries/raffle_figures_query'
import { Memory } from '#stats/memory'

const LASTS = 10_000

/** What the raffle took in since a moment, and what waits for a person on the chain. */
@inject()
export class ChainOverviewQuery {
  constructor(
    private clock: Clock,
    private memory: Memory,
    private figures: RaffleFiguresQuery,
    private current: CurrentRaffleQuery
  ) {}

  async run(since: number) {
    const until = this.clock.now() + 1
    return {
      figures: await this.memory.remember(`raffles:figures:${since}`, LASTS, () =>
        this.figures.run({ from: since, until })
      ),
      current: await this.current.run(),
      stuck: await this.stuck(),
      withdrawals: await this.withdrawals(),
    }
  }

  /** Operations that go on with a person's help alone; what waits for gas does so by itself. */
  stuck() {
    return this.memory.remember('chain:stuck', LASTS, () =>
      countOf(
        db
          .from('chain_operations')
          .where('status', 'needs_attention')
          .where((either) => void either.whereNull('reason').orWhereNotIn('reason', [...WAITING]))
      )
    )
  }

  /** Those that wait for an admin's consent. */
  withdrawals() {
    return this.memory.remember('chain:withdrawals', LASTS, () =>
      countOf(db.from('chain_withdrawals').where('status', 'awaiting_approval'))
    )
  }
}

async function countOf(query: ReturnType<typeof db.from>) {
  const [{ total }] = await query.count('* as total')
  return Number(total)
}
