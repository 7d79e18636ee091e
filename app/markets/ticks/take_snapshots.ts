import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { TakeSnapshot } from '#markets/actions/take_snapshot'
import { endOfWeek, periodOf, startOfPeriod } from '#markets/leaderboard/periods'

const MINUTE = 60_000
/** A settlement that began in the week's last moment is seen by then. */
const GRACE = 10 * MINUTE

/** Rewards weeks that are over, in their order; those that were missed are made up. */
@inject()
export class TakeSnapshots implements Tick {
  readonly name = 'markets.take_snapshots'
  readonly everyMs = 5 * MINUTE

  constructor(
    private clock: Clock,
    private take: TakeSnapshot
  ) {}

  async run(signal: AbortSignal) {
    const first = await firstWeekLeft()
    if (first === null) return
    for (let start = first; endOfWeek(start) + GRACE <= this.clock.now(); start = endOfWeek(start)) {
      if (signal.aborted) return
      const taken = await this.take.handle({ week: periodOf('week', start) })
      if (!taken.ok && taken.refusal.code !== 'snapshot_taken') return
    }
  }
}

/** The one after the last snapshot, otherwise that of the first settlement. */
async function firstWeekLeft(): Promise<number | null> {
  const last = await db.from('leaderboard_snapshots').max('period as period').first()
  if (last?.period) return endOfWeek(startOfPeriod(last.period))
  const settled = await db.from('market_settlements').min('started_at as at').first()
  return settled?.at ?? null
}
