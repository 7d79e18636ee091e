import { decodeEntities } from '#broadcasts/markup/decode_entities'
import type { HtmlToken } from '#broadcasts/markup/html_tokens'
import { checkLink } from '#broadcasts/markup/links'
import { MarkupError } from '#broadcasts/markup/markup_error'
import type { ElementKind, MarkupElement } from '#broadcasts/markup/nodes'

type OpenToken = Extract<HtmlToken, { kind: 'open' }>

const SIMPLE = new Map<string, ElementKind>(
  Object.entries({
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
    pre: 'pre',
  } as const)
)

const INT64_MAX = 2n ** 63n - 1n

/** What a start tag of Telegram's HTML means. */
export function elementOf(token: OpenToken): MarkupElement {
  const { name, attributes, at } = token
  const attribute = (key: string) => decodeEntities(attributes.get(key) ?? '', at).trim()

  const simple = SIMPLE.get(name)
  if (simple) return { kind: simple, children: [] }
  if (name === 'span') {
    if (attribute('class') !== 'tg-spoiler') throw new MarkupError('span_class', at)
    return { kind: 'spoiler', children: [] }
  }
  if (name === 'a') return { kind: 'link', href: checkLink(attribute('href'), at), children: [] }
  if (name === 'blockquote') return { kind: 'quote', expandable: attributes.has('expandable'), children: [] }
  if (name === 'tg-emoji') return { kind: 'emoji', emojiId: emojiId(attribute('emoji-id'), at), children: [] }
  throw new MarkupError('unknown_tag', at, { tag: name })
}

/** Language of `<pre><code class="language-...">`. */
export function languageOf(token: OpenToken): string | undefined {
  const classes = decodeEntities(token.attributes.get('class') ?? '', token.at)
  return /^language-([\w#+.-]{1,40})$/.exec(classes.trim())?.[1]
}

function emojiId(id: string, at: number) {
  const isId = /^\d{1,19}$/.test(id) && BigInt(id) > 0n && BigInt(id) <= INT64_MAX
  if (!isId) throw new MarkupError('bad_emoji', at)
  return id
}
