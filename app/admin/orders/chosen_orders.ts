import { orderRowOf, ordersQuery, type OrderRow } from '#admin/orders/orders_list'

/** The chosen orders, the one that waits longest first. */
export async function chosenOrders(ids: number[]): Promise<OrderRow[]> {
  const rows = await ordersQuery().whereIn('star_orders.id', ids).orderBy('star_orders.fulfilling_at')
  return rows.map(orderRowOf)
}
