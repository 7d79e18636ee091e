import type StarOrder from '#stars/models/star_order'
import { UNPAID } from '#stars/orders/transitions'
import type { OrderStatus } from '#stars/values'
import type { Step } from '#admin/shared/steps'
import { panelText } from '#admin/shared/words'

/** Where an order stands on its way to the recipient. */
export function orderSteps(order: StarOrder): Step[] {
  const { status } = order
  const made: Step = { text: words('created'), state: 'done', at: order.createdAt }
  if (status === 'cancelled') return [made, { text: words('cancelled'), state: 'failed', at: order.cancelledAt }]
  if (UNPAID.includes(status)) {
    return [made, { text: words('awaiting_payment'), state: 'current' }, todo('fulfilling'), todo('fulfilled')]
  }
  return [made, { text: words('paid'), state: 'done', at: order.paidAt }, ...delivery(order)]
}

function delivery(order: StarOrder): Step[] {
  const { status, fulfillingAt, attention } = order
  if (status === 'fulfilled') {
    return [
      { text: words('fulfilling'), state: 'done', at: fulfillingAt },
      { text: words('fulfilled'), state: 'done', at: order.fulfilledAt },
    ]
  }
  if (status === 'failed') {
    return [{ text: words('failed'), state: 'failed', at: order.failedAt }, todo('refunded')]
  }
  if (status === 'refunded') {
    const failed: Step[] = order.failedAt ? [{ text: words('failed'), state: 'failed', at: order.failedAt }] : []
    return [...failed, { text: words('refunded'), state: 'done', at: order.refundedAt }]
  }
  const hint = panelText(`orders.${attention ? `attentions.${attention}.title` : 'steps.waits'}`)
  const isStarted = status === 'fulfilling'
  const current: Step = { text: words('fulfilling'), state: attention ? 'failed' : 'current', hint }
  return [isStarted ? current : { ...current, hint: panelText('orders.steps.queued') }, todo('fulfilled')]
}

const words = (status: OrderStatus) => panelText(`orders.steps.${status}`)
const todo = (status: OrderStatus): Step => ({ text: words(status), state: 'todo' })
