import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import { readBetTerms, termsOf } from '#markets/betting/bet_terms'
import MarketCategory from '#markets/models/market_category'
import type Market from '#markets/models/market'
import MediaFile from '#notifications/models/media_file'
import { percentText } from '#admin/markets/form/percent'
import { marketFigures } from '#admin/markets/page/market_figures'

/** What the page of a market shows. */
@inject()
export class MarketPage {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async of(market: Market, _ctx: HttpContext) {
    const terms = await readBetTerms(this.settings)
    const own = termsOf(market, terms)
    return {
      ...{ market, figures: marketFigures(market, terms) },
      category: await MarketCategory.findOrFail(market.categoryId),
      image: market.imageKey === null ? null : await MediaFile.findBy('key', market.imageKey),
      limits: {
        maxStake: Money.of(own.maxStake, 'PRED'),
        fee: percentText(own.feePoints),
      },
      isOver: market.endsAt <= this.clock.now(),
    }
  }
}
