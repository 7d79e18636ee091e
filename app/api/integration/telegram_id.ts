import Customer from '#customers/models/customer'
import { fieldProblem, refusal } from '#api/integration/problems'
import { apiText } from '#api/integration/words'

/** `123456789` or `"123456789"`. */
export function parseTelegramId(value: unknown): number {
  const isText = typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value)
  const id = isText ? Number(value) : value
  if (Number.isSafeInteger(id) && (id as number) > 0) return id as number
  throw fieldProblem('tg_id', 'telegramId', apiText('fields.tg_id', { field: 'tg_id' }))
}

/** The customer that a program means; they have started the bot. */
export async function findCustomer(tgId: unknown): Promise<Customer> {
  const customer = await Customer.findBy('telegramId', parseTelegramId(tgId))
  if (!customer || customer.anonymisedAt !== null) throw refusal({ code: 'customer_not_found' })
  return customer
}
