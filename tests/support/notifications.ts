import Notification from '#notifications/models/notification'

const JANUARY_2026 = Date.UTC(2026, 0, 1)

/** A row of the outbox as it might lie there; a sent one unless told otherwise. */
export function createNotification(attributes: Partial<Notification['$attributes']> = {}) {
  const isSent = (attributes.status ?? 'SENT') === 'SENT'
  return Notification.create({
    type: 'SUPPORT',
    status: 'SENT',
    operation: 'send',
    priority: 20,
    chatId: 700_000_000,
    customerId: null,
    broadcastId: null,
    template: 'plain',
    params: { text: 'Hello <there>' },
    attempts: 1,
    scheduledAt: JANUARY_2026,
    createdAt: JANUARY_2026,
    sentAt: isSent ? JANUARY_2026 : null,
    error: null,
    reason: null,
    ...attributes,
  })
}
