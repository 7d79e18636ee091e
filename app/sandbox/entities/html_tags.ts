import { linkedUserId, normalisedLink } from '#sandbox/entities/links'
import { EntityError, type Entity, type EntityType } from '#sandbox/entities/types'

export interface OpenTag {
  name: string
  /** href, language, emoji-id, the part of a class after "tg-", or "1" for an expandable quote */
  argument: string
  /** where its text starts, in UTF-16 units of the output */
  start: number
}

const SIMPLE: Record<string, EntityType> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
}

const SUPPORTED = new Set([...Object.keys(SIMPLE), 'a', 'tg-emoji', 'pre', 'code', 'blockquote'])

export function isSupportedTag(name: string): boolean {
  return SUPPORTED.has(name)
}

/** What an attribute contributes to its tag, or undefined when Telegram ignores it. */
export function tagArgument(tag: string, attribute: string, value: string): string | undefined {
  if (tag === 'a' && attribute === 'href') return value
  if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) return value.slice(9)
  if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) return value.slice(3)
  if (tag === 'tg-emoji' && attribute === 'emoji-id') return value
  if (tag === 'blockquote' && attribute === 'expandable') return '1'
  return undefined
}

/** Appends the entity of a tag that has just been closed to those collected so far. */
export function closeTag(tag: OpenTag, text: string, entities: Entity[]): void {
  const span = { offset: tag.start, length: text.length - tag.start }
  if (span.length === 0) return

  switch (tag.name) {
    case 'a':
      return addLink(tag.argument || text.slice(tag.start), span, entities)
    case 'pre':
    case 'code':
      return addCode(tag, span, entities)
    case 'blockquote':
      entities.push({ type: tag.argument ? 'expandable_blockquote' : 'blockquote', ...span })
      return
    case 'tg-emoji':
      if (!/^-?[1-9]\d{0,18}$/.test(tag.argument)) {
        throw new EntityError('Invalid custom emoji identifier specified')
      }
      entities.push({ type: 'custom_emoji', ...span, custom_emoji_id: tag.argument })
      return
    default:
      entities.push({ type: SIMPLE[tag.name], ...span })
  }
}

export function addLink(link: string, span: { offset: number; length: number }, entities: Entity[]): void {
  const userId = linkedUserId(link)
  if (userId) {
    entities.push({ type: 'text_mention', ...span, user_id: userId })
    return
  }
  const url = normalisedLink(link)
  if (url) entities.push({ type: 'text_link', ...span, url })
}

/** `pre` and `code class="language-x"` around the very same text are one entity, whichever is outside. */
function addCode(tag: OpenTag, span: { offset: number; length: number }, entities: Entity[]): void {
  const inner = entities.at(-1)
  const sameSpan = inner?.offset === span.offset && inner.length === span.length
  if (tag.name === 'pre' && sameSpan && inner.type === 'code' && inner.language) {
    inner.type = 'pre'
  } else if (tag.name === 'code' && sameSpan && inner.type === 'pre' && !inner.language && tag.argument) {
    inner.language = tag.argument
  } else if (tag.name === 'pre') {
    entities.push({ type: 'pre', ...span })
  } else {
    entities.push({ type: 'code', ...span, language: tag.argument })
  }
}
