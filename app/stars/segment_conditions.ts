import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { SegmentCondition, SegmentParameter } from '#core/contracts/segment_source'

const DAY = 86_400_000

const days: SegmentParameter = { name: 'days', kind: 'integer', min: 1, max: 3650 }
const stars: SegmentParameter = { name: 'stars', kind: 'integer', min: 1, max: 1_000_000_000 }

/** Paid, and not given back. */
const bought = (query: DatabaseQueryBuilderContract<any>) =>
  query.from('star_orders').whereIn('star_orders.status', ['paid', 'fulfilling', 'fulfilled', 'failed'])

const ofCustomer = (query: DatabaseQueryBuilderContract<any>) =>
  bought(query).whereColumn('star_orders.customer_id', 'customers.id').select('star_orders.id')

export const starConditions: SegmentCondition[] = [
  {
    key: 'stars.bought',
    parameters: [],
    apply: (query) => query.whereExists((orders) => ofCustomer(orders as any)),
  },
  {
    key: 'stars.never_bought',
    parameters: [],
    apply: (query) => query.whereNotExists((orders) => ofCustomer(orders as any)),
  },
  {
    key: 'stars.bought_within',
    parameters: [days],
    apply: (query, parameters, now) =>
      query.whereExists((orders) =>
        ofCustomer(orders as any).where('star_orders.paid_at', '>=', now - Number(parameters.days) * DAY)
      ),
  },
  {
    key: 'stars.bought_at_least',
    parameters: [stars],
    apply: (query, parameters) =>
      query.whereIn('customers.id', (orders) =>
        bought(orders as any)
          .groupBy('customer_id')
          .havingRaw('sum(stars + bonus) >= ?', [Number(parameters.stars)])
          .select('customer_id')
      ),
  },
]
