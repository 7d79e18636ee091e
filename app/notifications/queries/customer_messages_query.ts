import db from '@adonisjs/lucid/services/db'
import Notification, { type NotificationStatus } from '#notifications/models/notification'

const LATEST = 8

/** The latest messages of a customer and how many there are in each status. */
export class CustomerMessagesQuery {
  async run(customerId: number) {
    const latest = await Notification.query().where('customer_id', customerId).orderBy('id', 'desc').limit(LATEST)
    const rows = await db
      .from('notifications')
      .where('customer_id', customerId)
      .groupBy('status')
      .select('status')
      .count('* as total')
    const counts = Object.fromEntries(rows.map(({ status, total }) => [status, Number(total)]))
    return { latest, counts: counts as Partial<Record<NotificationStatus, number>> }
  }
}
