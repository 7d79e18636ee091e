import { defineSetting } from '#core/contracts/settings'

const group = 'bot'
const perMinute = (key: string, value: number, max = 1000) =>
  defineSetting({ key: `bot.${key}`, default: value, group, kind: 'integer', min: 1, max })

export const messagesPerMinute = perMinute('messages_per_minute', 30)
export const callbacksPerMinute = perMinute('callbacks_per_minute', 20)
export const paymentsPerMinute = perMinute('payments_per_minute', 5)

/** Over all customers. */
export const updatesPerMinute = perMinute('updates_per_minute', 6000, 1_000_000)

/** The first block, in seconds; each further one within a day lasts twice as long. */
export const blockSeconds = defineSetting({
  key: 'bot.block_seconds',
  default: 60,
  group,
  kind: 'integer',
  min: 10,
  max: 3600,
})

/** How to reach a person: shown in the help and to banned customers. */
export const contacts = defineSetting({ key: 'bot.contacts', default: '', group, kind: 'text', maxLength: 500 })

/** How long processed updates are kept; Telegram repeats none after a day. */
export const updateRetentionDays = defineSetting({
  key: 'bot.update_retention_days',
  default: 7,
  group,
  kind: 'integer',
  min: 2,
  max: 365,
})

export const botSettings = [
  messagesPerMinute,
  callbacksPerMinute,
  paymentsPerMinute,
  updatesPerMinute,
  blockSeconds,
  contacts,
  updateRetentionDays,
]
