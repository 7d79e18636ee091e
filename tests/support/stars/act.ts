import app from '@adonisjs/core/services/app'
import type { Result } from '#core/result'
import { HandOverToPerson } from '#stars/actions/hand_over_to_person'
import { MarkDelivered } from '#stars/actions/mark_delivered'
import { RefundOrder } from '#stars/actions/refund_order'
import { RetryFulfilment } from '#stars/actions/retry_fulfilment'
import type StarOrder from '#stars/models/star_order'
import { ADMIN } from '#tests/support/stars/world'

const ACTIONS = {
  refund: RefundOrder,
  retry: RetryFulfilment,
  handOver: HandOverToPerson,
  deliver: MarkDelivered,
} as const

/** What an admin does with an order. */
export async function act(name: keyof typeof ACTIONS, order: StarOrder): Promise<Result<StarOrder>> {
  const action = await app.container.make(ACTIONS[name] as any)
  return (action as { handle(input: object): Promise<Result<StarOrder>> }).handle({
    orderId: order.id,
    note: 'Looked at it',
    actor: ADMIN,
  })
}
