import i18nManager from '@adonisjs/i18n/services/main'
import type StarOrderEvent from '#stars/models/star_order_event'
import { panelText } from '#admin/shared/words'

const LOOKS: Record<string, { icon: string; tone?: string }> = {
  created: { icon: 'shopping-cart' },
  awaiting_payment: { icon: 'receipt' },
  paid: { icon: 'credit-card', tone: 'success' },
  fulfilling: { icon: 'package', tone: 'info' },
  fulfilled: { icon: 'circle-check', tone: 'success' },
  failed: { icon: 'circle-x', tone: 'danger' },
  refunded: { icon: 'receipt-refund', tone: 'warning' },
  cancelled: { icon: 'ban' },
  retried: { icon: 'refresh', tone: 'info' },
  handed_over: { icon: 'user-check', tone: 'info' },
}

/** The history of an order, newest first, as `@timeline` shows it. */
export function orderEvents(events: StarOrderEvent[]) {
  return events.toReversed().map(({ event, note, actorType, actorName, createdAt }) => ({
    at: createdAt,
    ...(LOOKS[event] ?? { icon: 'alert-triangle', tone: 'warning' }),
    title: titleOf(event),
    detail: [actorType === 'system' ? '' : actorName, note].filter(Boolean).join(' · '),
  }))
}

/** Calls for a person are told by what is wrong. */
function titleOf(event: string) {
  const key = `orders.events.${event}`
  return i18nManager.locale('en').hasMessage(`panel.${key}`)
    ? panelText(key)
    : panelText(`orders.attentions.${event}.title`)
}
