import { inject } from '@adonisjs/core'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import Notification from '#notifications/models/notification'
import { NotificationText } from '#notifications/text/notification_text'

const KIND = 'messages'

/** Messages owed to a customer, at the moment they were owed; broadcasts tell of their own. */
@inject()
export class MessagesTimeline implements TimelineProvider {
  readonly kind = KIND

  constructor(private text: NotificationText) {}

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const messages = await Notification.query()
      .where('customer_id', customerId)
      .whereNull('broadcast_id')
      .where('created_at', '<', before)
      .orderBy('id', 'desc')
      .limit(limit)
    return messages.map((message) => ({
      at: message.createdAt,
      kind: KIND,
      icon: 'message',
      title: this.text.excerpt(message),
      detail: this.text.outcome(message),
      link: { route: 'admin.notifications.show', params: [message.id] },
    }))
  }
}
