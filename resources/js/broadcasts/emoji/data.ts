import en from 'emoji-picker-element-data/en/cldr/data.json?url'
import ru from 'emoji-picker-element-data/ru/cldr/data.json?url'
import uk from 'emoji-picker-element-data/uk/cldr/data.json?url'
import type { Emoji } from './search.js'

const SOURCES: Record<string, string> = { en, ru, uk }
/** Newer ones are empty boxes on most phones. */
const NEWEST_VERSION = 15.1
const loaded = new Map<string, Promise<Emoji[]>>()

/** Names and search words in the given language, served by the panel itself. */
export function loadEmoji(locale: string): Promise<Emoji[]> {
  const url = SOURCES[locale] ?? en
  const emoji = loaded.get(url) ?? fetchEmoji(url)
  loaded.set(url, emoji)
  emoji.catch(() => loaded.delete(url))
  return emoji
}

async function fetchEmoji(url: string): Promise<Emoji[]> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`Emoji could not be loaded: ${response.status}`)
  const all = (await response.json()) as Emoji[]
  return all.filter(({ version }) => version <= NEWEST_VERSION)
}
