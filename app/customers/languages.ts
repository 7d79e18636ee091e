export const LANGUAGES = ['en', 'ru', 'uk'] as const
export type Language = (typeof LANGUAGES)[number]

export const DEFAULT_LANGUAGE: Language = 'en'

export const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)

/** Picks the language for an IETF tag as Telegram's clients report it (`uk`, `ru-RU`); English for any other. */
export function languageOf(tag: string | null | undefined): Language {
  const primary = tag?.toLowerCase().split(/[-_]/, 1)[0]
  return isLanguage(primary) ? primary : DEFAULT_LANGUAGE
}
