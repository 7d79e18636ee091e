import type { Mark } from './document.js'
import { MarkupError, type Token } from './tokens.js'

type OpenTag = Extract<Token, { kind: 'open' }>

/** What a start tag means: a mark on the text inside, a block, or a custom emoji. */
export type Meaning =
  | { as: 'mark'; mark: Mark }
  | { as: 'blockquote'; expandable: boolean }
  | { as: 'pre' }
  | { as: 'language'; language: string }
  | { as: 'emoji'; id: string }

const MARK_TAGS: Record<string, Mark['type']> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  'tg-spoiler': 'spoiler',
  code: 'code',
}

export function meaningOf(tag: OpenTag, insidePre: boolean): Meaning {
  const { name, attributes } = tag
  if (name === 'code' && insidePre) {
    return { as: 'language', language: attributes.class?.replace(/^language-/, '') ?? '' }
  }
  if (MARK_TAGS[name]) return { as: 'mark', mark: { type: MARK_TAGS[name] } }
  if (name === 'span' && attributes.class === 'tg-spoiler') return { as: 'mark', mark: { type: 'spoiler' } }
  if (name === 'a') {
    if (!attributes.href) throw new MarkupError('A link has no address: write <a href="https://…">.', tag.at)
    return { as: 'mark', mark: { type: 'link', attrs: { href: attributes.href } } }
  }
  if (name === 'blockquote') return { as: 'blockquote', expandable: 'expandable' in attributes }
  if (name === 'pre') return { as: 'pre' }
  if (name === 'tg-emoji' && attributes['emoji-id']) return { as: 'emoji', id: attributes['emoji-id'] }
  throw new MarkupError(`Telegram has no <${name}>${name === 'span' ? ' without class="tg-spoiler"' : ''}.`, tag.at)
}
