import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import Market from '#markets/models/market'
import MarketPosition from '#markets/models/market_position'
import MarketSettlement from '#markets/models/market_settlement'
import type { BetStatus, Outcome } from '#markets/values'

/** What a customer's bets on a market add up to, in one status. */
export interface OwnBets {
  outcome: Outcome
  bets: number
  stake: Money
  /** Stake included: what was promised, and once settled what came back. */
  potential: Money
  payout: Money
}

export interface MarketCard {
  market: Market
  /** The customer's side; null while they have none. */
  position: MarketPosition | null
  own: Partial<Record<BetStatus, OwnBets>>
  /** Where the result can be checked. */
  evidenceUrl: string | null
}

/** A market as a customer sees it. */
export class MarketCardQuery {
  /** Null for what is not there, and for drafts. */
  async run(reference: string, customerId: number): Promise<MarketCard | null> {
    const market = await Market.query()
      .where('reference', reference)
      .whereNot('status', 'draft')
      .preload('category')
      .first()
    if (!market) return null
    const ofCustomer = { marketId: market.id, customerId }
    return {
      market,
      position: await MarketPosition.query().where(ofCustomer).first(),
      own: await this.#own(market.id, customerId),
      evidenceUrl: market.status === 'resolved' ? await this.#evidence(market.id) : null,
    }
  }

  async #own(marketId: number, customerId: number) {
    const rows = await db
      .from('bets')
      .where({ market_id: marketId, customer_id: customerId })
      .groupBy('status', 'outcome')
      .select('status', 'outcome')
      .count('* as bets')
      .sum({ stake: 'stake', potential: 'potential', payout: 'payout' })
    return Object.fromEntries(rows.map((row) => [row.status, ownBets(row)]))
  }

  async #evidence(marketId: number) {
    const settlement = await MarketSettlement.query()
      .where({ marketId, kind: 'resolve' })
      .whereIn('status', ['running', 'done'])
      .orderBy('id', 'desc')
      .first()
    return settlement?.evidenceUrl ?? null
  }
}

const ownBets = (row: Record<string, unknown>): OwnBets => ({
  outcome: row.outcome as Outcome,
  bets: Number(row.bets),
  stake: pred(row.stake),
  potential: pred(row.potential),
  payout: pred(row.payout),
})

const pred = (sum: unknown) => Money.of(BigInt((sum as string | number | null) ?? 0), 'PRED')
