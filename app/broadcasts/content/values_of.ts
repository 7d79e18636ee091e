import type { PlaceholderValues } from '#broadcasts/markup/placeholders'

/** Columns of `customers` that placeholders are filled from. */
export const VALUE_COLUMNS = [
  'id',
  'telegram_id',
  'first_name',
  'last_name',
  'username',
  'language',
  'referral_code',
] as const

export interface ValueRow {
  id: number
  telegram_id: number
  first_name: string
  last_name: string | null
  username: string | null
  language: string
  referral_code: string
}

export function valuesOf(customer: ValueRow): PlaceholderValues {
  return {
    first_name: customer.first_name,
    last_name: customer.last_name ?? '',
    full_name: [customer.first_name, customer.last_name].filter(Boolean).join(' '),
    username: customer.username ?? '',
    language: customer.language,
    telegram_id: String(customer.telegram_id),
    referral_code: customer.referral_code,
  }
}

/** What an admin who is no customer sees in a test: every placeholder empty, so that fallbacks show. */
export const NO_VALUES: PlaceholderValues = {
  first_name: '',
  last_name: '',
  full_name: '',
  username: '',
  language: '',
  telegram_id: '',
  referral_code: '',
}

/** The same in SQL, as text. */
export const VALUE_SQL: Record<keyof PlaceholderValues, string> = {
  first_name: 'customers.first_name',
  last_name: `COALESCE(customers.last_name, '')`,
  full_name: `customers.first_name || ' ' || COALESCE(customers.last_name, '')`,
  username: `COALESCE(customers.username, '')`,
  language: 'customers.language',
  telegram_id: 'CAST(customers.telegram_id AS TEXT)',
  referral_code: 'customers.referral_code',
}
