import db from '@adonisjs/lucid/services/db'
import { LANGUAGES, type Language } from '#customers/languages'
import { normaliseForSearch } from '#customers/telegram_profile'
import type { NotificationStatus } from '#notifications/models/notification'
import { outcomeOf } from '#broadcasts/outcomes/classify'
import { whereDeferred, whereOutcome } from '#broadcasts/outcomes/outcome_filter'
import { OUTCOMES } from '#broadcasts/values'
import { defineList } from '#admin/shared/list'
import { choice, equalsNumber, startsWith } from '#admin/shared/list_filters'

export interface RecipientRow {
  id: number
  customer_id: number | null
  telegram_id: number | null
  chat_id: number
  name: string
  username: string | null
  language: Language | null
  status: NotificationStatus
  outcome: RecipientStanding
  attempts: number
  scheduled_at: number
  attempted_at: number | null
  sent_at: number | null
  telegram_message_id: number | null
  error: string | null
  reason: string | null
}

/** What a recipient's row can be filtered by: how it ended, or that it waits for a better moment. */
export const RECIPIENT_FILTERS = [...OUTCOMES, 'deferred'] as const
export type RecipientStanding = (typeof RECIPIENT_FILTERS)[number]

/** Everybody a broadcast was written for, with what became of it. */
export const recipientsList = ({ id, reference }: { id: number; reference: string }) =>
  defineList<RecipientRow>({
    name: `broadcast-${reference}-recipients`,
    id: 'notifications.id',
    query: () =>
      db
        .from('notifications')
        .leftJoin('customers', 'customers.id', 'notifications.customer_id')
        .where('notifications.broadcast_id', id)
        .where('notifications.operation', 'send')
        .select('notifications.*', 'customers.telegram_id', 'customers.username', 'customers.language')
        .select('customers.first_name', 'customers.last_name'),
    map: (row) => ({
      ...row,
      name: nameOf(row),
      outcome: standing(row),
    }),
    search: [
      recipientsBy(id, startsWith('customers', 'search_username', { normalise: username })),
      recipientsBy(id, startsWith('customers', 'search_name', { normalise: normaliseForSearch })),
      recipientsBy(id, equalsNumber('customers', 'telegram_id')),
    ],
    filters: {
      outcome: choice(RECIPIENT_FILTERS, (query, outcome) =>
        outcome === 'deferred' ? whereDeferred(query) : whereOutcome(query, outcome)
      ),
      language: choice(LANGUAGES, (query, language) => query.where('customers.language', language)),
    },
    /** The order of the index: a million rows are not sorted for a page. */
    sorts: { status: 'notifications.status' },
    defaultSort: 'status',
    /** Only says that there is one: `recipientsCsv` writes it, in the order of the index. */
    csv: {},
  })

/** A test goes to an admin who need not be a customer. */
const nameOf = (row: any): string =>
  [row.first_name, row.last_name].filter(Boolean).join(' ') || (row.username ? `@${row.username}` : `#${row.chat_id}`)

const username = (text: string) => normaliseForSearch(text).replace(/^@/, '')

/** How a row stands, for people. */
export function standing({ status, error, reason }: { status: string; error: string | null; reason: string | null }) {
  const outcome = outcomeOf(status, error)
  return outcome === 'open' && reason !== null && status !== 'PROCESSING' ? 'deferred' : outcome
}

/** A search for customers as one for the rows that were written for them. */
function recipientsBy(broadcastId: number, search: ReturnType<typeof startsWith>): ReturnType<typeof startsWith> {
  return (text) => {
    const customers = search(text)
    if (!customers) return undefined
    return db
      .from('notifications')
      .where('broadcast_id', broadcastId)
      .whereIn('customer_id', customers)
      .select('notifications.id')
  }
}
