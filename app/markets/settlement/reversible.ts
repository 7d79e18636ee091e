import type { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import type Market from '#markets/models/market'
import type MarketSettlement from '#markets/models/market_settlement'
import { currentSettlement } from '#markets/settlement/locks'
import { reversalHours } from '#markets/settings'

const HOUR_MS = 3_600_000

/** What a market stands settled by, while it may be undone. Refuses `nothing_to_reverse`, `reversal_window_over`. */
export async function reversible(
  trx: Trx,
  market: Market,
  settings: Settings,
  now: number
): Promise<Result<MarketSettlement>> {
  const settlement = await currentSettlement({ client: trx }, market.id)
  if (!settlement || market.settledAt === null) return refuse('nothing_to_reverse')
  const hours = await settings.getIn(trx, reversalHours)
  return now < windowEnd(settlement, hours) ? ok(settlement) : refuse('reversal_window_over', { hours })
}

export const windowEnd = ({ finishedAt }: MarketSettlement, hours: number) => finishedAt! + hours * HOUR_MS
