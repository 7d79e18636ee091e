import { defineSetting } from '#core/contracts/settings'

const group = 'alerts'

/** The same trouble is told again after that long. */
export const throttleMinutes = defineSetting({
  key: 'alerts.throttle_minutes',
  default: 30,
  group,
  kind: 'integer',
  min: 1,
  max: 1440,
})

/** Telegram id of the admin channel or group; 0 for none. The bot must be allowed to write there. */
export const channelId = defineSetting({
  key: 'alerts.channel_id',
  default: 0,
  group,
  kind: 'integer',
  min: -9_999_999_999_999,
  max: 9_999_999_999_999,
})

/** Topic (thread id) of the channel for each kind of alert: `{"disk": 17}`. */
export const channelTopics = defineSetting<Record<string, number>>({
  key: 'alerts.channel_topics',
  default: {},
  group,
  kind: 'json',
  check: (topics) => (isTopics(topics) ? null : 'must name a thread id for each kind, such as {"disk": 17}'),
})

export const alertSettings = [throttleMinutes, channelId, channelTopics]

function isTopics(value: unknown) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((id) => Number.isSafeInteger(id) && id > 0)
}
