import { languageOf, type Language } from '#customers/languages'

/** What an update tells about the person who caused it. */
export interface TelegramProfile {
  telegramId: number
  username?: string | null
  firstName: string
  lastName?: string | null
  languageTag?: string | null
}

/** The profile as the customers table keeps it. */
export interface ProfileColumns {
  username: string | null
  firstName: string
  lastName: string | null
  searchUsername: string | null
  searchName: string
}

/** Bounds lengths and drops what a text column can't hold, so that no profile ever stops an update. */
export function toColumns(profile: TelegramProfile): ProfileColumns & { language: Language } {
  const username = clean(profile.username, 64) || null
  const firstName = clean(profile.firstName, 100)
  const lastName = clean(profile.lastName, 100) || null
  return {
    username,
    firstName,
    lastName,
    searchUsername: username && normaliseForSearch(username),
    searchName: normaliseForSearch([firstName, lastName].filter(Boolean).join(' ')),
    language: languageOf(profile.languageTag),
  }
}

/** The form in which names are stored for search and queries must be written: one case, one Unicode form, single spaces. */
export function normaliseForSearch(text: string) {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, 201)
}

function clean(text: string | null | undefined, maxLength: number) {
  const printable = (text ?? '').replaceAll('\0', '').toWellFormed().trim()
  return Array.from(printable).slice(0, maxLength).join('')
}
