import { invoicesList } from '#admin/payments/lists/invoices_list'
import { ordersList } from '#admin/orders/orders_list'
import type { List } from '#admin/shared/list'

const SHOWN = 5

/** The latest orders and payments of a customer, as their own lists show them. */
export async function customerMoney(customerId: number, timeZone: string, now: number) {
  return {
    orders: await latestOf(ordersList(timeZone), customerId, now),
    payments: await latestOf(invoicesList(timeZone), customerId, now),
  }
}

async function latestOf<Row>(list: List<Row>, customerId: number, now: number) {
  const state = list.state({ customer: String(customerId) })
  const rows = await list.rows(state, now, 1)
  return rows.slice(0, SHOWN)
}
