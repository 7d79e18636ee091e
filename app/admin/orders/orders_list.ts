import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { OWED, SOLD, UNPAID } from '#stars/orders/transitions'
import { ORDER_STATUSES, PAY_WITH, PRICE_CURRENCIES, PROVIDERS } from '#stars/values'
import type { Attention, OrderStatus, PayWith, ProviderName, RecipientKind } from '#stars/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { choice, days, identifier, since, startsWith, type ListQuery } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface OrderRow {
  id: number
  reference: string
  status: OrderStatus
  attention: Attention | null
  customer_id: number
  customer: string
  recipient: string
  recipient_kind: RecipientKind
  package_id: number | null
  stars: number
  bonus: number
  /** What the recipient gets. */
  delivered: number
  pay_with: PayWith
  provider: ProviderName | null
  invoice: string | null
  money: Money
  created_at: number
  paid_at: number | null
  fulfilling_at: number | null
  fulfilled_at: number | null
}

/** These gather what an admin looks for; `attention` does so too. */
const STATUS_GROUPS = { unpaid: UNPAID, owed: OWED, sold: SOLD } as const satisfies Record<
  string,
  readonly OrderStatus[]
>

type StatusGroup = keyof typeof STATUS_GROUPS

export const STATUS_FILTERS = ['unpaid', 'owed', 'sold', 'attention', ...ORDER_STATUSES] as const

function ofStatus(query: ListQuery, name: (typeof STATUS_FILTERS)[number]) {
  if (name === 'attention') return query.whereNotNull('star_orders.attention')
  const statuses: readonly OrderStatus[] =
    name in STATUS_GROUPS ? STATUS_GROUPS[name as StatusGroup] : [name as OrderStatus]
  return query.whereIn('star_orders.status', [...statuses])
}

export const ordersQuery = (): ListQuery =>
  db
    .from('star_orders')
    .join('customers', 'customers.id', 'star_orders.customer_id')
    .leftJoin('invoices', 'invoices.id', 'star_orders.invoice_id')
    .select('star_orders.*', 'invoices.reference as invoice')
    .select('customers.first_name', 'customers.last_name', 'customers.username')

export function orderRowOf(row: any): OrderRow {
  const customer = nameOf({ ...row, id: row.customer_id })
  return {
    ...row,
    customer,
    recipient: row.recipient_username ? `@${row.recipient_username}` : customer,
    delivered: row.stars + row.bonus,
    money: rowMoney(row.price, row.currency)!,
  }
}

export const orderSearch = [
  startsWith('star_orders', 'reference', { normalise: (text) => text.trim().replace(/^#/, '').toUpperCase() }),
  startsWith('star_orders', 'recipient_key', { normalise: (text) => text.trim().replace(/^@/, '').toLowerCase() }),
  byCustomer('star_orders'),
]

/** Orders of Stars; days are those of the reader's time zone. */
export const ordersList = (timeZone: string) =>
  defineList<OrderRow>({
    name: 'orders',
    id: 'star_orders.id',
    query: ordersQuery,
    map: orderRowOf,
    search: orderSearch,
    filters: {
      status: choice(STATUS_FILTERS, ofStatus),
      package: identifier((query, id) => query.where('star_orders.package_id', id)),
      provider: choice(PROVIDERS, (query, provider) => query.where('star_orders.provider', provider)),
      pay: choice(PAY_WITH, (query, way) => query.where('star_orders.pay_with', way)),
      currency: choice(PRICE_CURRENCIES, (query, currency) => query.where('star_orders.currency', currency)),
      customer: identifier((query, id) => query.where('star_orders.customer_id', id)),
      paid: since('star_orders.paid_at'),
      ...days(timeZone, 'star_orders.created_at'),
    },
    sorts: { created: 'star_orders.created_at' },
    defaultSort: '-created',
    csv: {
      reference: (row) => row.reference,
      created: (row) => isoOf(row.created_at),
      status: (row) => row.status,
      attention: (row) => row.attention,
      customer_id: (row) => row.customer_id,
      recipient: (row) => row.recipient,
      package: (row) => row.package_id,
      stars: (row) => row.stars,
      bonus: (row) => row.bonus,
      price: (row) => decimalOf(row.money),
      currency: (row) => row.money.currency,
      paid_with: (row) => row.pay_with,
      invoice: (row) => row.invoice,
      delivered_by: (row) => row.provider,
      paid: (row) => isoOf(row.paid_at),
      fulfilled: (row) => isoOf(row.fulfilled_at),
    },
  })
