import type { Offence, Tally } from '#markets/verify/offence'
import { verifyBets } from '#markets/verify/verify_bets'
import { verifyBettors } from '#markets/verify/verify_bettors'
import { verifyHouse } from '#markets/verify/verify_house'
import { verifyMarketRows } from '#markets/verify/verify_market_rows'
import { verifyPositions } from '#markets/verify/verify_positions'
import { verifySettlements } from '#markets/verify/verify_settlements'

/**
 * Proves markets against their bets, and bets against the ledger, which `verifyLedger` proves. Each statement sees one
 * moment, so business goes on meanwhile. Yields each offence; `tally` counts what was looked at.
 */
export async function* verifyMarkets(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  yield* verifyMarketRows(tally, signal)
  yield* verifyPositions(tally, signal)
  yield* verifyBets(tally, signal)
  yield* verifySettlements(signal)
  yield* verifyBettors(tally, signal)
  if (!signal?.aborted) yield* verifyHouse()
}
