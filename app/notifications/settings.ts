import { defineSetting } from '#core/contracts/settings'

const group = 'notifications'

/**
 * Calls a second over all. Telegram admits 30 in any second; of the spacings that were tried at a receiver with
 * jitter, 29 is the fastest that never showed 31 (`spacingUs` adds a little).
 */
export const messagesPerSecond = defineSetting({
  key: 'notifications.messages_per_second',
  default: 29,
  group,
  kind: 'integer',
  min: 1,
  max: 29,
})

/** Broadcasts go beyond the free pace for 0.1 Star a message (needs 10 000 Stars and 10 000 monthly users). */
export const paidBroadcasts = defineSetting({
  key: 'notifications.paid_broadcasts',
  default: false,
  group,
  kind: 'boolean',
})

/** Paid messages a second; the free ones come on top, and Telegram admits 1 000 together. */
export const paidMessagesPerSecond = defineSetting({
  key: 'notifications.paid_messages_per_second',
  default: 900,
  group,
  kind: 'integer',
  min: 30,
  max: 970,
})

/** After that many days finished rows of the outbox are removed. */
export const retentionDays = defineSetting({
  key: 'notifications.retention_days',
  default: 90,
  group,
  kind: 'integer',
  min: 1,
  max: 3650,
})

export const notificationSettings = [messagesPerSecond, paidBroadcasts, paidMessagesPerSecond, retentionDays]
