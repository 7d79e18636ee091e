import { MarkupError } from '#broadcasts/markup/markup_error'

/** What a text can say of the customer who reads it. */
export interface PlaceholderValues {
  first_name: string
  last_name: string
  full_name: string
  username: string
  language: string
  telegram_id: string
  referral_code: string
}

export const PLACEHOLDERS = [
  'first_name',
  'last_name',
  'full_name',
  'username',
  'language',
  'telegram_id',
  'referral_code',
] as const satisfies ReadonlyArray<keyof PlaceholderValues>
export type PlaceholderName = (typeof PLACEHOLDERS)[number]

/** `{first_name}`, or `{first_name|friend}` for customers who have none. Other braces are only braces. */
export const PLACEHOLDER = /\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}/g

export const isPlaceholder = (name: string): name is PlaceholderName => PLACEHOLDERS.includes(name as PlaceholderName)

/** Refuses the first placeholder that no customer has a value for, or whose fallback is more than text. */
export function checkPlaceholders(source: string) {
  for (const match of source.matchAll(PLACEHOLDER)) {
    if (match[2]?.includes('<')) throw new MarkupError('bad_fallback', match.index)
    if (isPlaceholder(match[1])) continue
    throw new MarkupError('unknown_placeholder', match.index, {
      name: match[1],
      known: PLACEHOLDERS.map((name) => `{${name}}`).join(', '),
    })
  }
}
