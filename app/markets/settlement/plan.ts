import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import type Market from '#markets/models/market'
import { feeOf } from '#markets/pricing/parimutuel'
import { decisionOf, settle, type Decision } from '#markets/settlement/payout'
import { feePoints } from '#markets/settings'
import type { Outcome } from '#markets/values'

/** What a settlement would do; amounts in minor units. */
export interface SettlementPlan {
  bets: number
  winners: number
  losers: number
  staked: bigint
  /** To winners, stakes included. */
  payout: bigint
  refunds: bigint
  /** Of a pool: with the units that rounding leaves. */
  fee: bigint
  /** What winners share of a pool; null where they have odds of their own. */
  shared: bigint | null
}

const PAGE = 5000

/** Works out, to the unit, what settling a market would do. */
@inject()
export class SettlementPlans {
  constructor(private settings: Settings) {}

  /** `result` is null when everybody gets their stake back. */
  async of(market: Market, result: Outcome | null): Promise<SettlementPlan> {
    const staked = market.pool.minor
    const shared = result === null || market.pricingMode.locksOdds ? null : await this.#shared(market)
    const decision = decisionOf(market, result, shared)
    const plan = { bets: market.bets, winners: 0, losers: 0, staked, payout: 0n, refunds: 0n, fee: 0n, shared }
    if (decision.result === null) return { ...plan, refunds: staked }

    const [winners, losers] = inOrder(decision.result, market.yesBets, market.noBets)
    if (shared === null) {
      const [payout] = inOrder(decision.result, market.yesPotential, market.noPotential)
      return { ...plan, winners, losers, payout }
    }
    const payout = await sharesOf(market, decision)
    return { ...plan, winners, losers, payout, fee: staked - payout }
  }

  async #shared(market: Market) {
    const pool = market.pool.minor
    return pool - feeOf(pool, market.feePoints ?? (await this.settings.get(feePoints)))
  }
}

const inOrder = <T>(result: Outcome, yes: T, no: T) => (result === 'YES' ? [yes, no] : [no, yes])

/** Each share is rounded down by itself, so they are added up one by one: a page at a time, outside of transactions. */
async function sharesOf({ id }: Market, decision: Decision) {
  let sum = 0n
  for (let after = 0; ; await breathe()) {
    const bets = await db
      .from('bets')
      .where({ market_id: id, outcome: decision.result })
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .select('id', 'stake')
    for (const { stake } of bets) {
      sum += settle({ outcome: decision.result!, stake: BigInt(stake), potential: 0n }, decision).payout
    }
    if (bets.length < PAGE) return sum
    after = bets.at(-1).id
  }
}

/** Whether bets came in between: what was worked out holds no more. */
export const hasChanged = (before: Market, now: Market) =>
  before.bets !== now.bets ||
  before.yesPool !== now.yesPool ||
  before.noPool !== now.noPool ||
  before.yesPotential !== now.yesPotential ||
  before.noPotential !== now.noPotential

/** What a preview showed, in a word: a form posts it back, and a market that has changed since refuses it. */
export const seenOf = (bets: number, paid: bigint) => `${bets}:${paid}`
