import db from '@adonisjs/lucid/services/db'
import { outcomeOf } from '#broadcasts/outcomes/classify'
import type { Outcome } from '#broadcasts/values'

export interface RecipientRow {
  id: number
  customerId: number | null
  telegramId: number
  username: string | null
  firstName: string | null
  lastName: string | null
  language: string | null
  outcome: Outcome
  status: string
  /** Telegram's words of a failure. */
  error: string | null
  /** Why it was put off or cancelled. */
  reason: string | null
  attempts: number
  scheduledAt: number
  sentAt: number | null
}

/** What the list can be narrowed to; `failed` holds the blocked ones, too. */
export const RECIPIENT_FILTERS = ['open', 'sent', 'failed', 'unknown', 'cancelled'] as const
export type RecipientFilter = (typeof RECIPIENT_FILTERS)[number]

const STATUSES: Record<RecipientFilter, string[]> = {
  open: ['PENDING', 'FAILED', 'PROCESSING'],
  sent: ['SENT'],
  failed: ['PERMANENT_FAILURE'],
  unknown: ['UNKNOWN'],
  cancelled: ['CANCELLED'],
}
const ALL = Object.values(STATUSES).flat().sort()

/** The last row of a page: the next one begins behind it. */
export interface RecipientCursor {
  status: string
  id: number
}

export interface RecipientPage {
  broadcastId: number
  operation?: 'send' | 'edit' | 'delete'
  filter?: RecipientFilter | null
  after?: RecipientCursor | null
  limit?: number
}

const EXPORT_PAGE = 500

/**
 * Recipients with what became of them, by status and then by id: the order of an index, so that the last page of a
 * million is as fast as the first.
 */
export class RecipientsQuery {
  async handle({ broadcastId, operation = 'send', filter = null, after = null, limit = 50 }: RecipientPage) {
    const statuses = filter ? [...STATUSES[filter]].sort() : ALL
    const rows: RecipientRow[] = []
    for (const status of statuses) {
      if (after && status < after.status) continue
      const from = after?.status === status ? after.id : 0
      rows.push(...(await this.#page(broadcastId, operation, status, from, limit + 1 - rows.length)))
      if (rows.length > limit) break
    }
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return { rows: page, next: rows.length > limit && last ? { status: last.status, id: last.id } : null }
  }

  /** All of them, a page at a time, for a file that may be long. */
  async *each(page: Omit<RecipientPage, 'after' | 'limit'>): AsyncGenerator<RecipientRow> {
    let after: RecipientCursor | null = null
    do {
      const { rows, next }: { rows: RecipientRow[]; next: RecipientCursor | null } = await this.handle({
        ...page,
        after,
        limit: EXPORT_PAGE,
      })
      yield* rows
      after = next
    } while (after)
  }

  async #page(broadcastId: number, operation: string, status: string, after: number, limit: number) {
    const rows = await db
      .from('notifications')
      .leftJoin('customers', 'customers.id', 'notifications.customer_id')
      .where('notifications.broadcast_id', broadcastId)
      .where('notifications.status', status)
      .where('notifications.operation', operation)
      .where('notifications.id', '>', after)
      .orderBy('notifications.id')
      .limit(limit)
      .select('notifications.id', 'notifications.customer_id', 'notifications.chat_id', 'notifications.status')
      .select('notifications.error', 'notifications.reason', 'notifications.attempts', 'notifications.scheduled_at')
      .select('notifications.sent_at', 'customers.username', 'customers.first_name', 'customers.last_name')
      .select('customers.language')
    return rows.map(toRecipient)
  }
}

const toRecipient = (row: any): RecipientRow => ({
  id: row.id,
  customerId: row.customer_id,
  telegramId: row.chat_id,
  username: row.username,
  firstName: row.first_name,
  lastName: row.last_name,
  language: row.language,
  outcome: outcomeOf(row.status, row.error),
  status: row.status,
  error: row.error,
  reason: row.reason,
  attempts: row.attempts,
  scheduledAt: row.scheduled_at,
  sentAt: row.sent_at,
})
