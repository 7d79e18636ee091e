import db from '@adonisjs/lucid/services/db'
import { IS_FORGOTTEN, type NotificationStatus } from '#notifications/models/notification'

export interface ChosenNotifications {
  /** How many the action would change, by status. */
  affected: Array<{ status: NotificationStatus; total: number }>
  /** How many were chosen but stay as they are. */
  others: number
  /** Rows of broadcasts among those that stay as they are. */
  broadcasts: number
}

/**
 * What a bulk action on messages would do: counted before it is done. Nothing of a broadcast or of an anonymised reader
 * is sent again.
 */
export class ChosenNotificationsQuery {
  async run(ids: number[], statuses: readonly NotificationStatus[], { toSendAgain }: { toSendAgain: boolean }) {
    const rows = await db
      .from('notifications')
      .whereIn('id', ids)
      .select('status', db.raw('CASE WHEN broadcast_id IS NULL THEN 0 ELSE 1 END AS broadcast'))
      .select(db.raw(`CASE WHEN ${IS_FORGOTTEN} THEN 1 ELSE 0 END AS forgotten`))
      .groupBy('status', 'broadcast', 'forgotten')
      .count('* as total')
    const chosen: ChosenNotifications = { affected: [], others: 0, broadcasts: 0 }
    for (const row of rows) {
      const total = Number(row.total)
      const isLeft = toSendAgain && Boolean(row.broadcast || row.forgotten)
      if (isLeft || !statuses.includes(row.status)) chosen.others += total
      else addTo(chosen, row.status, total)
      if (toSendAgain && row.broadcast) chosen.broadcasts += total
    }
    return chosen
  }
}

function addTo({ affected }: ChosenNotifications, status: NotificationStatus, total: number) {
  const known = affected.find((one) => one.status === status)
  if (known) known.total += total
  else affected.push({ status, total })
}
