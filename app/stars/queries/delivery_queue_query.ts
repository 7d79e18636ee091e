import db from '@adonisjs/lucid/services/db'

export interface DeliveryQueue {
  /** Orders that a person is to deliver. */
  toDeliver: number
  /** Orders that wait for a person for another reason. */
  needAttention: number
  /** Of both, when the oldest was paid; null when there is none. */
  oldestPaidAt: number | null
}

/** How much work waits for people. */
export class DeliveryQueueQuery {
  async run(): Promise<DeliveryQueue> {
    const waiting = () => db.from('star_orders').where('status', 'fulfilling')
    const [manual] = await waiting().where('provider', 'manual').count('* as total').min('paid_at as oldest')
    const [attention] = await db
      .from('star_orders')
      .whereNotNull('attention')
      .count('* as total')
      .min('paid_at as oldest')
    const moments = [manual.oldest, attention.oldest].filter((moment) => moment !== null).map(Number)
    return {
      toDeliver: Number(manual.total),
      needAttention: Number(attention.total),
      oldestPaidAt: moments.length > 0 ? Math.min(...moments) : null,
    }
  }
}
