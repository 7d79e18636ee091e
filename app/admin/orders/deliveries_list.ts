import { orderRowOf, orderSearch, ordersQuery, type OrderRow } from '#admin/orders/orders_list'
import { isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { choice } from '#admin/shared/list_filters'

/** What waits for a person: orders to be delivered by hand, and deliveries that got stuck. The oldest first. */
export const deliveriesList = defineList<OrderRow>({
  name: 'deliveries',
  id: 'star_orders.id',
  query: () =>
    ordersQuery()
      .where('star_orders.status', 'fulfilling')
      .where((either) => {
        either.where('star_orders.provider', 'manual').orWhereNotNull('star_orders.attention')
      }),
  map: orderRowOf,
  search: orderSearch,
  filters: {
    kind: choice(['manual', 'stuck'], (query, kind) =>
      kind === 'manual' ? query.where('star_orders.provider', 'manual') : query.whereNotNull('star_orders.attention')
    ),
  },
  sorts: { age: 'star_orders.fulfilling_at', stars: 'star_orders.stars' },
  defaultSort: 'age',
  csv: {
    reference: (row) => row.reference,
    waiting_since: (row) => isoOf(row.fulfilling_at),
    recipient: (row) => row.recipient,
    stars: (row) => row.delivered,
    provider: (row) => row.provider,
    attention: (row) => row.attention,
  },
})
