import { normalisedLink } from '#sandbox/entities/links'
import type { Entity, EntityType } from '#sandbox/entities/types'

/** Top-level domains that make a bare `word.word` a link; the rest needs its scheme written out. */
const DOMAINS =
  'com|org|net|info|biz|io|me|dev|app|ai|co|ru|ua|by|kz|su|uk|us|eu|de|fr|it|es|pl|cz|nl|in|cn|jp|tv|cc|gg|xyz|site|online|shop|store|club|pro|dog|link|news|blog|cloud|tech|ton|game|games|money|finance|market|рф|укр'

const HOST = `(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+`
const TAIL = `(?::\\d{1,5})?(?:[/?#][^\\s<>"«»“”]*)?`

const PATTERNS: [EntityType, RegExp][] = [
  ['email', new RegExp(`(?<![\\p{L}\\p{N}._%+-])[a-z0-9._%+-]{1,64}@${HOST}(?:${DOMAINS})(?![\\p{L}\\p{N}])`, 'giu')],
  ['url', new RegExp(`(?<![\\p{L}\\p{N}_@.])https?://(?:${HOST}\\p{L}{2,}|\\d{1,3}(?:\\.\\d{1,3}){3})${TAIL}`, 'giu')],
  ['url', /(?<![\p{L}\p{N}_])(?:tg|ton):\/\/[a-z0-9_-]+[^\s<>"«»“”]*/giu],
  ['url', new RegExp(`(?<![\\p{L}\\p{N}_@./-])${HOST}(?:${DOMAINS})(?![\\p{L}\\p{N}])${TAIL}`, 'giu')],
  ['mention', /(?<![\p{L}\p{N}_])@[a-z0-9_]{4,32}(?![\p{L}\p{N}_])/giu],
  ['bot_command', /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\p{L}\p{N}_/<>])/giu],
  [
    'hashtag',
    /(?<![\p{L}\p{N}_·\u200c])#(?=[\p{N}_·\u200c]*\p{L})[\p{L}\p{N}_·\u200c]{1,256}(?![\p{L}\p{N}_·\u200c#])/gu,
  ],
  ['cashtag', /(?<![$\p{L}\p{N}_])\$[A-Z]{1,8}(?![$\p{L}\p{N}_])/gu],
]

/** What Telegram underlines by itself in a text: links, e-mail addresses, mentions, commands, tags. */
export function findEntities(text: string): Entity[] {
  if (!/[.@/#$]/.test(text)) return []
  const found: Entity[] = []
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const value = type === 'url' ? match[0].replace(/[.,:;!?'")\]]+$/, '') : match[0]
      const entity = { type, offset: match.index, length: value.length }
      const taken = found.some(
        (other) => entity.offset < other.offset + other.length && other.offset < match.index + value.length
      )
      if (!taken && (type !== 'url' || normalisedLink(value))) found.push(entity)
    }
  }
  return found.sort((a, b) => a.offset - b.offset)
}
