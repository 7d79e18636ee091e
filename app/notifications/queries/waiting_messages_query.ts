import db from '@adonisjs/lucid/services/db'

/** How many messages wait for these customers. */
export class WaitingMessagesQuery {
  async run(customerIds: number[]): Promise<number> {
    const [{ total }] = await db
      .from('notifications')
      .whereIn('customer_id', customerIds)
      .whereIn('status', ['PENDING', 'FAILED'])
      .count('* as total')
    return Number(total)
  }
}
