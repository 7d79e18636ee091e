import { decodeEntities } from '#broadcasts/markup/decode_entities'
import { elementOf, languageOf } from '#broadcasts/markup/html_tags'
import { tokenizeHtml, type HtmlToken } from '#broadcasts/markup/html_tokens'
import { isLayoutTag, LayoutReader } from '#broadcasts/markup/layout_tags'
import { MarkupError } from '#broadcasts/markup/markup_error'
import type { MarkupElement, MarkupNode } from '#broadcasts/markup/nodes'
import { TreeBuilder } from '#broadcasts/markup/tree_builder'

interface OpenTag {
  name: string
  at: number
  element: MarkupElement | null
}

/**
 * Reads Telegram HTML strictly: whatever Telegram would refuse, or would silently drop, is a MarkupError with its
 * position. Paragraphs, headings, lists and `<br>`, which pasted text brings, become lines.
 */
export function parseHtml(source: string): MarkupNode[] {
  refuseLoneSurrogates(source)
  return new HtmlReader().read(tokenizeHtml(source))
}

export function refuseLoneSurrogates(source: string) {
  if (source.isWellFormed()) return
  throw new MarkupError('bad_character', source.search(/\p{Surrogate}/u))
}

class HtmlReader {
  readonly #tree = new TreeBuilder()
  readonly #layout = new LayoutReader(this.#tree)
  readonly #open: OpenTag[] = []

  read(tokens: HtmlToken[]): MarkupNode[] {
    for (const token of tokens) {
      if (token.kind === 'text') this.#text(token.text, token.at)
      else if (token.kind === 'close') this.#leave(token.name, token.at)
      else this.#enter(token)
    }
    const unclosed = this.#open.at(-1)
    if (unclosed) throw new MarkupError('unclosed_tag', unclosed.at, { tag: unclosed.name })
    return this.#tree.finish()
  }

  #text(raw: string, at: number) {
    const bracket = raw.indexOf('<')
    if (bracket !== -1) throw new MarkupError('bare_less_than', at + bracket)
    this.#tree.text(decodeEntities(raw, at))
  }

  #enter(token: Extract<HtmlToken, { kind: 'open' }>) {
    const { name, at } = token
    const parent = this.#open.at(-1)
    if (name === 'br') return this.#tree.lineBreak()
    if (name === 'code' && parent?.element?.kind === 'pre') {
      parent.element.language ??= languageOf(token)
      this.#open.push({ name, at, element: null })
    } else if (isLayoutTag(name)) {
      this.#layout.enter(name, at)
      this.#open.push({ name, at, element: null })
    } else {
      const element = elementOf(token)
      this.#tree.enter(element, name, at)
      this.#open.push({ name, at, element })
    }
    if (token.selfClosing) this.#leave(name, at)
  }

  #leave(name: string, at: number) {
    if (name === 'br') return
    const open = this.#open.pop()
    if (!open) throw new MarkupError('unexpected_end_tag', at, { tag: name })
    if (open.name !== name) throw new MarkupError('wrong_nesting', at, { expected: open.name, found: name })
    if (open.element) this.#tree.leave()
    else if (isLayoutTag(name)) this.#layout.leave(name)
  }
}
