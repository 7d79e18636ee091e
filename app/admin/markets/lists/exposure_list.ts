import { defineList } from '#admin/shared/list'
import { choice, identifier, type ListQuery } from '#admin/shared/list_filters'
import { commonOfMarkets, type MarketListContext, type MarketRow } from '#admin/markets/lists/markets_list'
import { NEAR_PERCENT } from '#admin/markets/page/market_figures'

/** Where a market that the house may still lose by stands. */
export const BOARD_STATES = ['open', 'ended', 'settling'] as const
export type BoardState = (typeof BOARD_STATES)[number]

const NARROWED: Record<BoardState, (query: ListQuery, now: number) => void> = {
  open: (query, now) => query.where('markets.status', 'active').where('markets.ends_at', '>', now),
  ended: (query, now) =>
    query.where((either) =>
      either
        .where('markets.status', 'closed')
        .orWhere((over) => over.where('markets.status', 'active').where('markets.ends_at', '<=', now))
    ),
  settling: (query) => query.whereIn('markets.status', ['resolved', 'cancelled']),
}

/** Markets whose bets are not settled: what the house may lose by each. */
export const exposureList = (context: MarketListContext) => {
  const common = commonOfMarkets(context)
  return defineList<MarketRow>({
    ...common,
    name: 'exposure',
    query: () => common.query().whereNot('markets.status', 'draft').whereNull('markets.settled_at'),
    filters: {
      category: identifier((query, id) => query.where('markets.category_id', id)),
      state: choice(BOARD_STATES, (query, state, now) => NARROWED[state](query, now)),
      limit: choice(['near'], (query) =>
        query.whereRaw('markets.exposure * 100 >= coalesce(markets.exposure_limit, ?) * ?', [
          String(context.terms.marketExposure),
          NEAR_PERCENT,
        ])
      ),
    },
    sorts: { ends: 'markets.ends_at', exposure: 'markets.exposure' },
    defaultSort: 'ends',
  })
}
