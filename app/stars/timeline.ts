import i18nManager from '@adonisjs/i18n/services/main'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import { formatMoney } from '#core/money/format_money'
import StarOrderEvent from '#stars/models/star_order_event'
import StarOrder from '#stars/models/star_order'
import { ORDER_STATUSES } from '#stars/values'

/** The steps of a customer's orders. */
export class StarsTimeline implements TimelineProvider {
  readonly kind = 'stars'

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const t = (key: string, params?: Record<string, string>) =>
      i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.stars.${key}`, params)
    const events = await StarOrderEvent.query()
      .whereIn('orderId', (orders) => orders.from('star_orders').where('customer_id', customerId).select('id'))
      .whereIn('event', [...ORDER_STATUSES])
      .where('createdAt', '<', before)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
    const orders = await StarOrder.findMany(events.map(({ orderId }) => orderId))
    return events.map(({ orderId, event, createdAt }) => {
      const order = orders.find(({ id }) => id === orderId)!
      return {
        at: createdAt,
        kind: this.kind,
        icon: 'star',
        title: t(event),
        detail: t('detail', {
          stars: String(order.delivered),
          price: formatMoney(order.total),
          reference: order.reference,
        }),
        link: { route: 'admin.stars.orders.show', params: [order.reference] },
      }
    })
  }
}
