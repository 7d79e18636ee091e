import db from '@adonisjs/lucid/services/db'
import { whereStartsWith } from '#core/database/starts_with'
import { NOTIFICATION_TYPES, type NotificationType } from '#core/contracts/outbox'
import { normaliseForSearch } from '#customers/telegram_profile'
import { HAS_ENDED_BADLY, IS_WAITING, type NotificationStatus } from '#notifications/models/notification'
import { PRIORITIES } from '#notifications/outbox/priorities'
import { CAPPED_AT } from '#admin/shared/format'
import { defineList } from '#admin/shared/list'
import { choice, identifier, parseIdentifier, since, type ListQuery, type ListSearch } from '#admin/shared/list_filters'

export interface NotificationRow {
  id: number
  type: NotificationType
  status: NotificationStatus
  chat_id: number
  customer_id: number | null
  broadcast_id: number | null
  template: string | null
  params: unknown
  attempts: number
  error: string | null
  reason: string | null
  scheduled_at: number
  sent_at: number | null
  created_at: number
  first_name: string | null
  last_name: string | null
  username: string | null
  broadcast_title: string | null
}

/** `waiting` and `problem` gather what an admin looks for. */
export const STATUS_FILTERS = {
  waiting: ['PENDING', 'PROCESSING', 'FAILED'],
  problem: ['PERMANENT_FAILURE', 'UNKNOWN'],
  PENDING: ['PENDING'],
  PROCESSING: ['PROCESSING'],
  FAILED: ['FAILED'],
  SENT: ['SENT'],
  PERMANENT_FAILURE: ['PERMANENT_FAILURE'],
  UNKNOWN: ['UNKNOWN'],
  CANCELLED: ['CANCELLED'],
} as const satisfies Record<string, readonly NotificationStatus[]>
const STATUS_NAMES = Object.keys(STATUS_FILTERS) as Array<keyof typeof STATUS_FILTERS>

/** Lower goes first. */
const PRIORITY_CLASSES = {
  first: (priority: number) => priority <= 20,
  normal: (priority: number) => priority > 20 && priority < PRIORITIES.BROADCAST,
  last: (priority: number) => priority >= PRIORITIES.BROADCAST,
}
export const PRIORITY_NAMES = Object.keys(PRIORITY_CLASSES) as Array<keyof typeof PRIORITY_CLASSES>

/** The class that a priority belongs to. */
export const priorityName = (priority: number) =>
  PRIORITY_NAMES.find((name) => PRIORITY_CLASSES[name](priority)) ?? 'normal'

const idsWhere = () => db.from('notifications').select('notifications.id')

/** By the customer's chat, which is their Telegram id, or by the start of their @username. */
const toCustomer: ListSearch = Object.assign(
  (text: string) => {
    const customers = customersMeantBy(text)
    return customers && idsWhere().whereIn('customer_id', customers.limit(CAPPED_AT + 1))
  },
  {
    matches(query: ListQuery, text: string) {
      const customers = customersMeantBy(text)
      if (customers) query.orWhereExists(customers.whereColumn('customers.id', 'notifications.customer_id'))
    },
  }
)

function customersMeantBy(text: string) {
  const telegramId = parseIdentifier(text)
  if (telegramId) return db.from('customers').select('customers.id').where('telegram_id', telegramId)
  const username = normaliseForSearch(text).replace(/^@/, '')
  return username
    ? whereStartsWith(db.from('customers').select('customers.id'), 'search_username', username)
    : undefined
}

/** Groups and admins are no customers. */
const toChat: ListSearch = (text) => {
  const chatId = parseIdentifier(text, true)
  return chatId === undefined ? undefined : idsWhere().whereNull('customer_id').where('chat_id', chatId)
}

export const notificationsList = defineList<NotificationRow>({
  name: 'outbox',
  id: 'notifications.id',
  query: () =>
    db
      .from('notifications')
      .leftJoin('customers', 'customers.id', 'notifications.customer_id')
      .leftJoin('broadcasts', 'broadcasts.id', 'notifications.broadcast_id')
      .select('notifications.*', 'customers.first_name', 'customers.last_name', 'customers.username')
      .select('broadcasts.title as broadcast_title'),
  search: [toCustomer, toChat],
  filters: {
    status: choice(STATUS_NAMES, (query, name) => ofStatuses(query, STATUS_FILTERS[name])),
    type: choice(NOTIFICATION_TYPES, (query, type) => ofTypes(query, [type])),
    priority: choice(PRIORITY_NAMES, (query, name) => {
      ofTypes(
        query,
        NOTIFICATION_TYPES.filter((type) => PRIORITY_CLASSES[name](PRIORITIES[type]))
      )
    }),
    sent: since('notifications.sent_at'),
    broadcast: identifier((query, id) =>
      query.where('notifications.broadcast_id', id).whereNotNull('notifications.broadcast_id')
    ),
    customer: identifier((query, id) => query.where('notifications.customer_id', id)),
  },
  sorts: { created: 'notifications.id' },
  defaultSort: '-created',
  csv: {
    id: (row) => row.id,
    created: (row) => new Date(row.created_at).toISOString(),
    type: (row) => row.type,
    status: (row) => row.status,
    chat: (row) => row.chat_id,
    customer: (row) => row.customer_id,
    broadcast: (row) => row.broadcast_id,
    attempts: (row) => row.attempts,
    sent: (row) => (row.sent_at === null ? null : new Date(row.sent_at).toISOString()),
    error: (row) => row.error,
    reason: (row) => row.reason,
  },
})

function ofStatuses(query: ListQuery, statuses: readonly NotificationStatus[]) {
  const partial = [IS_WAITING, HAS_ENDED_BADLY].find((condition) => condition.includes(`'${statuses[0]}'`))
  if (partial) query.whereRaw(partial)
  query.whereIn('notifications.status', [...statuses])
}

/** The index by type holds what is no broadcast; the condition lets SQLite see that. */
function ofTypes(query: ListQuery, types: readonly NotificationType[]) {
  if (types.includes('BROADCAST')) query.whereNotNull('notifications.broadcast_id')
  else query.whereNull('notifications.broadcast_id').whereIn('notifications.type', [...types])
}
