import db from '@adonisjs/lucid/services/db'
import type { NotificationStatus } from '#notifications/models/notification'

export interface ChosenNotifications {
  /** How many the action would change, by status. */
  affected: Array<{ status: NotificationStatus; total: number }>
  /** How many were chosen but stay as they are. */
  others: number
  /** Rows of broadcasts among those that stay as they are. */
  broadcasts: number
}

/** What a bulk action on messages would do: counted before it is done. */
export class ChosenNotificationsQuery {
  async run(ids: number[], statuses: readonly NotificationStatus[], { withBroadcasts = false } = {}) {
    const rows = await db
      .from('notifications')
      .whereIn('id', ids)
      .select('status', db.raw('CASE WHEN broadcast_id IS NULL THEN 0 ELSE 1 END AS broadcast'))
      .groupBy('status', 'broadcast')
      .count('* as total')
    const chosen: ChosenNotifications = { affected: [], others: 0, broadcasts: 0 }
    for (const row of rows) {
      const total = Number(row.total)
      const isLeft = row.broadcast && !withBroadcasts
      if (statuses.includes(row.status) && !isLeft) chosen.affected.push({ status: row.status, total })
      else chosen.others += total
      if (isLeft) chosen.broadcasts += total
    }
    return chosen
  }
}
