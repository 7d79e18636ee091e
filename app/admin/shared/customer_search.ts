import db from '@adonisjs/lucid/services/db'
import { orWhereStartsWith, whereStartsWith } from '#core/database/starts_with'
import { normaliseForSearch } from '#customers/telegram_profile'
import { CAPPED_AT } from '#admin/shared/format'
import { parseIdentifier, type ListQuery, type ListSearch } from '#admin/shared/list_filters'

/**
 * Finds rows by the customer in their column `customer_id`: a Telegram id, or the start of a @username or of a name.
 */
export function byCustomer(table: string): ListSearch {
  const search = (text: string) => {
    const customers = meantBy(text)
    return (
      customers &&
      db
        .from(table)
        .select('id')
        .whereIn('customer_id', customers.limit(CAPPED_AT + 1))
    )
  }
  const matches = (query: ListQuery, text: string) => {
    const customers = meantBy(text)
    if (customers) query.orWhereExists(customers.whereColumn('customers.id', `${table}.customer_id`))
  }
  return Object.assign(search, { matches })
}

function meantBy(text: string) {
  const customers = db.from('customers').select('customers.id')
  const telegramId = parseIdentifier(text.replaceAll(/[\s\u00A0\u202F]/g, ''))
  if (telegramId !== undefined) return customers.where('telegram_id', telegramId)
  const typed = normaliseForSearch(text)
  const username = typed.replace(/^@/, '')
  if (username === '') return undefined
  return customers.where((either) => {
    whereStartsWith(either as unknown as ListQuery, 'search_username', username)
    orWhereStartsWith(either as unknown as ListQuery, 'search_name', typed)
  })
}
