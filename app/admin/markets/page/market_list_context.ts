import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Settings } from '#core/contracts/settings'
import { readBetTerms } from '#markets/betting/bet_terms'
import type { MarketListContext } from '#admin/markets/lists/markets_list'
import { allCategories } from '#admin/markets/page/categories'

@inject()
export class MarketListContexts {
  constructor(private settings: Settings) {}

  async of({ auth }: HttpContext): Promise<MarketListContext> {
    return {
      timeZone: auth.getUserOrFail().timeZone,
      terms: await readBetTerms(this.settings),
      categories: await allCategories(),
    }
  }
}
