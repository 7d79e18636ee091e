import { normaliseForSearch } from '#customers/telegram_profile'
import Customer from '#customers/models/customer'
import { parseIdentifier } from '#admin/shared/list_filters'

/** The customer with this Telegram id or @username; null when there is none. */
export async function findCustomerId(typed: string): Promise<number | null> {
  const text = typed.trim()
  if (text === '') return null
  const telegramId = parseIdentifier(text.replace(/[\s\u00A0\u202F]/g, ''))
  const found =
    telegramId === undefined
      ? await Customer.findBy('searchUsername', normaliseForSearch(text).replace(/^@/, ''))
      : await Customer.findBy('telegramId', telegramId)
  return found?.id ?? null
}

/** How the form names a customer it knows by id. */
export async function customerHandle(id: number): Promise<string> {
  const customer = await Customer.find(id)
  if (!customer) return ''
  return customer.username ? `@${customer.username}` : String(customer.telegramId)
}
