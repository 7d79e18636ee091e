import { refuse } from '#core/result'
import { LANGUAGES, type Language } from '#customers/languages'

export const NAME_MAX = 40
export const EMOJI_MAX = 16
const SLUG_MAX = 40

export interface CategoryFields {
  emoji: string
  /** English at least; a language without its own reads the English name. */
  names: Partial<Record<Language, string>>
}

/** Refuses with `name_required`, `name_too_long` or `emoji_invalid`. */
export function faultOfCategoryFields({ emoji, names }: CategoryFields) {
  if (!names.en) return refuse('name_required')
  if (Object.values(names).some((name) => name.length > NAME_MAX)) return refuse('name_too_long', { max: NAME_MAX })
  return isEmoji(emoji) ? null : refuse('emoji_invalid')
}

/** One sign as people count them: what a button of Telegram shows before the name. */
function isEmoji(text: string) {
  const signs = [...new Intl.Segmenter().segment(text)]
  return (
    signs.length === 1 && text.length <= EMOJI_MAX && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text)
  )
}

export function tidyCategory({ emoji, names }: CategoryFields): CategoryFields {
  const entries = LANGUAGES.map((language) => [language, names[language]?.replace(/\s+/g, ' ').trim()] as const)
  return { emoji: emoji.trim(), names: Object.fromEntries(entries.filter(([, name]) => name)) }
}

/** What missions and the API call it by; stays, whatever its names become. */
export const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, SLUG_MAX) || 'category'
