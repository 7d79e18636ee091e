import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import Market from '#markets/models/market'
import { decisionOf, settle, type Decision } from '#markets/settlement/payout'
import { seenOf, SettlementPlans } from '#markets/settlement/plan'
import { predNow, settlementApprovalAbove } from '#markets/settings'
import type { Outcome } from '#markets/values'

const LARGEST = 10
const pred = (minor: bigint) => Money.of(minor, 'PRED')

/** What somebody would win with all their bets on a market. */
export interface LargeWinner {
  customer: { id: number; firstName: string; lastName: string | null; username: string | null }
  bets: number
  stake: Money
  payout: Money
}

/** What resolving or cancelling a market would do, to the unit, before anybody does it. */
@inject()
export class SettlementPreviewQuery {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private plans: SettlementPlans
  ) {}

  async run({
    marketId,
    ...decision
  }: { marketId: number } & ({ kind: 'resolve'; result: Outcome } | { kind: 'cancel' })) {
    const market = await Market.findOrFail(marketId)
    const result = decision.kind === 'resolve' ? decision.result : null
    const { bets, winners, losers, staked, payout, refunds, fee, shared } = await this.plans.of(market, result)
    const approvalAbove = await predNow(this.settings, settlementApprovalAbove)
    return {
      ...{ bets, winners, losers },
      ...{ staked: pred(staked), payout: pred(payout), refunds: pred(refunds), fee: pred(fee) },
      /** Below zero when the house pays more than was staked. */
      houseResult: pred(staked - payout - refunds),
      largestWinners: await largestWinners(market, decisionOf(market, result, shared)),
      needsApproval: payout + refunds > approvalAbove.minor,
      isEarly: this.clock.now() < market.endsAt,
      /** What the house carries for it until then. */
      exposure: pred(market.exposure),
      /** What the action wants to have back as `expected`. */
      seen: seenOf(bets, payout + refunds),
    }
  }
}

/** Positions say who wins most: they are fewer than bets. */
async function largestWinners(market: Market, decision: Decision): Promise<LargeWinner[]> {
  if (decision.result === null) return []
  const rows = await db
    .from('market_positions as p')
    .join('customers as c', 'c.id', 'p.customer_id')
    .where({ 'p.market_id': market.id, 'p.outcome': decision.result })
    .orderBy(decision.shared === null ? 'p.potential' : 'p.stake', 'desc')
    .orderBy('p.id')
    .limit(LARGEST)
    .select('p.customer_id', 'p.bets', 'p.stake', 'c.first_name', 'c.last_name', 'c.username')
  return Promise.all(
    rows.map(async (row) => ({
      customer: {
        ...{ id: row.customer_id, firstName: row.first_name, lastName: row.last_name, username: row.username },
      },
      bets: row.bets,
      stake: pred(BigInt(row.stake)),
      payout: pred(await payoutTo(row.customer_id, market, decision)),
    }))
  )
}

async function payoutTo(customerId: number, { id }: Market, decision: Decision) {
  const bets = await db
    .from('bets')
    .where({ market_id: id, customer_id: customerId })
    .select('outcome', 'stake', 'potential')
  return bets
    .map(({ outcome, stake, potential }) => ({ outcome, stake: BigInt(stake), potential: BigInt(potential) }))
    .reduce((sum, bet) => sum + settle(bet, decision).payout, 0n)
}
