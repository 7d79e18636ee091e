import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import { outcomeOf } from '#broadcasts/outcomes/classify'

/** Broadcasts that were sent to a customer, or could not be. */
export class BroadcastTimeline implements TimelineProvider {
  readonly kind = 'broadcasts'

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const t = (key: string) => i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.broadcasts.${key}`)
    const rows = await db
      .from('notifications')
      .join('broadcasts', 'broadcasts.id', 'notifications.broadcast_id')
      .where('notifications.customer_id', customerId)
      .where('notifications.operation', 'send')
      .whereIn('notifications.status', ['SENT', 'UNKNOWN', 'PERMANENT_FAILURE'])
      .where('notifications.attempted_at', '<', before)
      .whereNull('broadcasts.test_of')
      .orderBy('notifications.attempted_at', 'desc')
      .limit(limit)
      .select('notifications.attempted_at', 'notifications.status', 'notifications.error')
      .select('broadcasts.title', 'broadcasts.reference')
    return rows.map((row) => ({
      at: row.attempted_at,
      kind: this.kind,
      icon: 'speakerphone',
      title: t(outcomeOf(row.status, row.error)),
      detail: row.title,
      link: { route: 'admin.broadcasts.show', params: [row.reference] },
    }))
  }
}
