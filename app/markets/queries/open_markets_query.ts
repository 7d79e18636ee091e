import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import Market from '#markets/models/market'
import MarketCategory from '#markets/models/market_category'

export interface OpenCategory {
  category: MarketCategory
  /** That take bets now. */
  markets: number
}

export interface OpenMarketsInput {
  /** All when missing. */
  categoryId?: number
  page?: number
  perPage?: number
}

/** What can be bet on now. */
@inject()
export class OpenMarketsQuery {
  constructor(private clock: Clock) {}

  /** Categories with open markets, as an admin has ordered them. */
  async categories(): Promise<OpenCategory[]> {
    const rows: Array<{ category_id: number; markets: number | string }> = await db
      .from('markets')
      .where('status', 'active')
      .where('ends_at', '>', this.clock.now())
      .groupBy('category_id')
      .select('category_id')
      .count('* as markets')
    const counts = new Map(rows.map((row) => [Number(row.category_id), Number(row.markets)]))
    const categories = await MarketCategory.query()
      .whereIn('id', [...counts.keys()])
      .orderBy('position')
      .orderBy('id')
    return categories.map((category) => ({ category, markets: counts.get(category.id)! }))
  }

  /** Promoted ones first, then those that end first. */
  page({ categoryId, page = 1, perPage = 10 }: OpenMarketsInput = {}) {
    return Market.query()
      .where('status', 'active')
      .where('endsAt', '>', this.clock.now())
      .if(categoryId, (query) => query.where('categoryId', categoryId!))
      .preload('category')
      .orderBy('isPromoted', 'desc')
      .orderBy('endsAt')
      .orderBy('id')
      .paginate(page, perPage)
  }
}
