import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { SegmentCondition, SegmentParameter } from '#core/contracts/segment_source'
import { placeOfRank, RANKS, type Rank } from '#markets/bettors/ranks'

const DAY = 86_400_000

const days: SegmentParameter = { name: 'days', kind: 'integer', min: 1, max: 3650 }
const rank: SegmentParameter = { name: 'rank', kind: 'choice', choices: RANKS.map((each) => each.rank) }
/** Those the product begins with: the choices of a form are known when it boots. */
const category: SegmentParameter = {
  name: 'category',
  kind: 'choice',
  choices: ['crypto', 'sports', 'politics', 'tech'],
}

const bettors = (query: DatabaseQueryBuilderContract<any>) =>
  query.from('bettors').whereColumn('bettors.customer_id', 'customers.id').select('bettors.customer_id')

const ranksFrom = (lowest: Rank) => RANKS.slice(placeOfRank(lowest)).map((each) => each.rank)

export const marketConditions: SegmentCondition[] = [
  {
    key: 'markets.rank_is',
    parameters: [rank],
    apply: (query, parameters) =>
      parameters.rank === 'bronze'
        ? query.whereNotExists((rows) => bettors(rows as any).whereNot('bettors.rank', 'bronze'))
        : query.whereExists((rows) => bettors(rows as any).where('bettors.rank', parameters.rank)),
  },
  {
    key: 'markets.rank_at_least',
    parameters: [rank],
    apply(query, { rank: lowest }) {
      if (lowest === 'bronze') return
      query.whereExists((rows) => bettors(rows as any).whereIn('bettors.rank', ranksFrom(lowest as Rank)))
    },
  },
  {
    key: 'markets.never_bet',
    parameters: [],
    apply: (query) => query.whereNotExists((rows) => bettors(rows as any).where('bettors.bets', '>', 0)),
  },
  {
    key: 'markets.bet_within',
    parameters: [days],
    apply: (query, parameters, now) =>
      query.whereExists((rows) =>
        bettors(rows as any).where('bettors.last_bet_at', '>=', now - Number(parameters.days) * DAY)
      ),
  },
  {
    key: 'markets.has_open_bets',
    parameters: [],
    apply: (query) => query.whereExists((rows) => bettors(rows as any).where('bettors.open_bets', '>', 0)),
  },
  {
    key: 'markets.bet_in_category',
    parameters: [category],
    apply: (query, parameters) =>
      query.whereExists((rows) =>
        (rows as any)
          .from('market_positions')
          .innerJoin('markets', 'markets.id', 'market_positions.market_id')
          .innerJoin('market_categories', 'market_categories.id', 'markets.category_id')
          .whereColumn('market_positions.customer_id', 'customers.id')
          .where('market_categories.slug', parameters.category)
          .select('market_positions.id')
      ),
  },
]
