import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { rowsOf } from '#core/database/dialect'
import { formatOdds } from '#markets/betting/bet_quote'
import { readBetTerms, termsOf } from '#markets/betting/bet_terms'
import type Market from '#markets/models/market'
import { poolShares, presentOdds } from '#markets/pricing/present_odds'

/** Points of a chart: what a screen can show apart. */
const POINTS = 60

export interface OddsPoint {
  at: number
  /** Of the pool, in whole per cent. */
  yes: number
  /** `1.61`. */
  odds: { YES: string; NO: string }
}

/** A market's odds through time, by the pools that its bets left: as many points as a chart shows, however many bets. */
@inject()
export class OddsHistoryQuery {
  constructor(private settings: Settings) {}

  async run(market: Market): Promise<OddsPoint[]> {
    const terms = termsOf(market, await readBetTerms(this.settings))
    const ids = await sampledIds(market.id)
    const rows = await db.from('bets').whereIn('id', ids).orderBy('id').select('created_at', 'yes_pool', 'no_pool')
    return rows.map((row) => {
      const pools = { yesPool: BigInt(row.yes_pool), noPool: BigInt(row.no_pool) }
      const odds = presentOdds({ ...pools, pricing: market.pricing }, terms)
      return {
        at: Number(row.created_at),
        yes: poolShares(pools).YES,
        odds: { YES: formatOdds(odds.YES), NO: formatOdds(odds.NO) },
      }
    })
  }
}

/** The last bet of the market up to each of so many equally distant ids: one step in an index each. */
async function sampledIds(marketId: number): Promise<number[]> {
  const [{ first, last }] = await db.from('bets').where('market_id', marketId).min('id as first').max('id as last')
  if (first === null) return []
  const span = last - first
  const marks = [...new Set(Array.from({ length: POINTS }, (_, i) => first + Math.ceil((span * i) / (POINTS - 1))))]
  const asked = marks
    .map((_, index) => (index === 0 ? 'SELECT CAST(? AS bigint) AS mark' : 'SELECT ?'))
    .join(' UNION ALL ')
  const sql = `SELECT DISTINCT (SELECT MAX(id) FROM bets WHERE market_id = ? AND id <= marks.mark) AS id FROM (${asked}) marks`
  return rowsOf<{ id: number }>(await db.rawQuery(sql, [marketId, ...marks])).map(({ id }) => Number(id))
}
