import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import type { Actor } from '#core/contracts/audit'
import { MarkDelivered } from '#stars/actions/mark_delivered'
import { RefundOrder } from '#stars/actions/refund_order'
import StarOrder from '#stars/models/star_order'

const PAUSE_MS = 500
const REFUND_EVERY = 5

export interface HandDone {
  reference: string
  outcome: 'delivered' | 'refunded'
}

/** Two admins who work off the queue without knowing of each other; tells the parent what each was let do. */
export default async function deliverByHand() {
  for (;;) {
    const waiting = await StarOrder.query().where('status', 'fulfilling').where('provider', 'manual').orderBy('id')
    for (const order of waiting) {
      await Promise.all([handle(order, { type: 'admin', id: 1, name: 'Olena' }), handle(order, OTHER)])
    }
    await sleep(PAUSE_MS)
  }
}

const OTHER: Actor = { type: 'admin', id: 2, name: 'Petro' }

/** The second admin would rather give the money back now and then. */
async function handle({ id, reference }: StarOrder, actor: Actor) {
  const refunds = id % REFUND_EVERY === 0 && actor === OTHER
  const action = await app.container.make((refunds ? RefundOrder : MarkDelivered) as typeof RefundOrder)
  const result = await action.handle({ orderId: id, note: 'By hand', actor })
  if (result.ok) process.send!({ reference, outcome: refunds ? 'refunded' : 'delivered' } satisfies HandDone)
}
