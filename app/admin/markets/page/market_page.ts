import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import { readBetTerms, termsOf } from '#markets/betting/bet_terms'
import type Market from '#markets/models/market'
import MarketCategory from '#markets/models/market_category'
import type MarketSettlement from '#markets/models/market_settlement'
import { OddsHistoryQuery } from '#markets/queries/odds_history_query'
import { windowEnd } from '#markets/settlement/reversible'
import { reversalHours } from '#markets/settings'
import { percentText } from '#admin/markets/form/percent'
import { betsList } from '#admin/markets/lists/bets_list'
import { marketEvents } from '#admin/markets/page/market_events'
import { marketFigures } from '#admin/markets/page/market_figures'
import { marketSettlements } from '#admin/markets/page/market_settlements'
import { marketSteps } from '#admin/markets/page/market_steps'
import { oddsChart } from '#admin/markets/page/odds_chart'

/** Bets that the page of a market shows; their own list has the rest. */
const BETS = 8

/** What the page of a market shows. */
@inject()
export class MarketPage {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private history: OddsHistoryQuery
  ) {}

  async of(market: Market, timeZone: string) {
    const now = this.clock.now()
    const terms = await readBetTerms(this.settings)
    const own = termsOf(market, terms)
    const list = betsList(timeZone, market.id)
    const [bets, { settlements, pending, standing }] = [
      await list.rows(list.state({}), now, 1),
      await marketSettlements(market.id),
    ]
    return {
      ...{ market, settlements, pending, figures: marketFigures(market, terms), bets: bets.slice(0, BETS) },
      limits: { maxStake: Money.of(own.maxStake, 'PRED'), fee: percentText(own.feePoints) },
      category: await MarketCategory.findOrFail(market.categoryId),
      chart: oddsChart(await this.history.run(market), market.closedAt ?? now),
      timeline: await marketEvents(market),
      steps: marketSteps(market, settlements, now),
      houseResult: standing && standing.stakedMoney.subtract(standing.payoutMoney),
      isOver: market.endsAt <= now,
      mayReverse: pending === null && market.settledAt !== null && (await this.#isReversible(standing)),
    }
  }

  async #isReversible(settlement: MarketSettlement | null) {
    return settlement !== null && this.clock.now() < windowEnd(settlement, await this.settings.get(reversalHours))
  }
}
