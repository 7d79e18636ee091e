import db from '@adonisjs/lucid/services/db'
import type MarketCategory from '#markets/models/market_category'
import Market from '#markets/models/market'
import type { BetTerms } from '#markets/betting/bet_terms'
import { searchTitleOf } from '#markets/editing/market_input'
import { MARKET_STATUSES, PRICING_MODES } from '#markets/values'
import { marketFigures, type MarketFigures } from '#admin/markets/page/market_figures'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { defineList, type ListDefinition } from '#admin/shared/list'
import { asReference, choice, days, equalsText, identifier, startsWith } from '#admin/shared/list_filters'

export interface MarketRow extends MarketFigures {
  market: Market
  category: MarketCategory
}

export interface MarketListContext {
  timeZone: string
  terms: BetTerms
  categories: MarketCategory[]
}

/** What the list of all markets and the exposure board share. */
export const commonOfMarkets = ({ terms, categories }: MarketListContext) =>
  ({
    id: 'markets.id',
    query: () => db.from('markets').select('markets.*'),
    map: (row) => {
      const market = Market.$createFromAdapterResult(row)!
      return {
        market,
        category: categories.find(({ id }) => id === market.categoryId)!,
        ...marketFigures(market, terms),
      }
    },
    search: [
      startsWith('markets', 'search_title', { normalise: searchTitleOf }),
      equalsText('markets', 'reference', { normalise: asReference }),
    ],
    csv: {
      reference: ({ market }) => market.reference,
      title: ({ market }) => market.title,
      category: ({ category }) => category.slug,
      pricing: ({ market }) => market.pricing,
      status: ({ market }) => market.status,
      result: ({ market }) => market.result,
      promoted: ({ market }) => market.isPromoted,
      ends: ({ market }) => isoOf(market.endsAt),
      bets: ({ market }) => market.bets,
      bettors: ({ market }) => market.bettors,
      yes_pool: ({ sides }) => decimalOf(sides[0].pool),
      no_pool: ({ sides }) => decimalOf(sides[1].pool),
      if_yes: ({ sides }) => decimalOf(sides[0].result),
      if_no: ({ sides }) => decimalOf(sides[1].result),
      worst_case: ({ worst }) => decimalOf(worst),
      limit: ({ limit }) => decimalOf(limit),
    },
  }) satisfies Partial<ListDefinition<MarketRow>>

/** Every market, drafts too. */
export const marketsList = (context: MarketListContext) =>
  defineList<MarketRow>({
    ...commonOfMarkets(context),
    name: 'markets',
    filters: {
      status: choice(MARKET_STATUSES, (query, status) => query.where('markets.status', status)),
      category: identifier((query, id) => query.where('markets.category_id', id)),
      pricing: choice(PRICING_MODES, (query, pricing) => query.where('markets.pricing', pricing)),
      ...days(context.timeZone, 'markets.ends_at'),
    },
    sorts: { created: 'markets.id', ends: 'markets.ends_at', title: 'markets.search_title' },
    defaultSort: '-created',
  })
