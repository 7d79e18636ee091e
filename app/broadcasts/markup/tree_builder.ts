import { cleanText } from '#broadcasts/markup/clean_text'
import { MarkupError } from '#broadcasts/markup/markup_error'
import { isElement, type ElementKind, type MarkupElement, type MarkupNode } from '#broadcasts/markup/nodes'

/** Hold nothing but text. */
const PLAIN: readonly ElementKind[] = ['code', 'pre', 'emoji']

/** Grows a tree from its beginning to its end, and refuses what Telegram has no place for. */
export class TreeBuilder {
  readonly #roots: MarkupNode[] = []
  readonly #open: MarkupElement[] = []
  /** Line breaks owed before the next text: the edges of paragraphs and list items. */
  #breaks = 0
  /** Nothing but a bullet stands on the line yet. */
  #afterBullet = false

  enter(element: MarkupElement, tag: string, at: number) {
    if (this.#open.some(({ kind }) => PLAIN.includes(kind))) throw new MarkupError('tag_in_code', at, { tag })
    if (element.kind === 'quote' && this.isInside('quote')) throw new MarkupError('nested_quote', at)
    if (element.kind === 'link' && this.isInside('link')) throw new MarkupError('nested_link', at)
    this.#flushBreaks()
    this.#open.push(element)
  }

  /** Empty elements say nothing; one inside another of its kind says nothing new. */
  leave() {
    const element = this.#open.pop()!
    if (element.children.length === 0) return
    const repeats = element.kind !== 'emoji' && this.isInside(element.kind)
    if (repeats) element.children.forEach((child) => this.#append(child))
    else this.#append(element)
  }

  text(text: string) {
    let cleaned = cleanText(text)
    if (this.#breaks) cleaned = cleaned.replace(/^[ \n]+/, '')
    if (!cleaned) return
    this.#flushBreaks()
    this.#append(cleaned)
    if (cleaned.trim()) this.#afterBullet = false
  }

  bullet(text: string) {
    this.#flushBreaks()
    this.#append(text)
    this.#afterBullet = true
  }

  /** The edge of a paragraph or a list item: at least this many line breaks, none at the beginning or the end. */
  edge(breaks: number) {
    if (this.#afterBullet) return
    this.#trimEnd()
    if (this.#hasText()) this.#breaks = Math.max(this.#breaks, breaks)
  }

  lineBreak() {
    this.#flushBreaks()
    this.#append('\n')
  }

  isInside(kind: ElementKind) {
    return this.#open.some((element) => element.kind === kind)
  }

  finish(): MarkupNode[] {
    return this.#roots
  }

  get #siblings() {
    return this.#open.at(-1)?.children ?? this.#roots
  }

  #append(node: MarkupNode) {
    const siblings = this.#siblings
    const last = siblings.at(-1)
    if (typeof node === 'string' && typeof last === 'string') siblings[siblings.length - 1] = last + node
    else siblings.push(node)
  }

  #flushBreaks() {
    const breaks = this.#breaks
    this.#breaks = 0
    if (breaks) this.#append('\n'.repeat(breaks))
  }

  #hasText() {
    return this.#roots.length > 0 || this.#open.some(({ children }) => children.length > 0)
  }

  #trimEnd() {
    const siblings = this.#siblings
    const last = siblings.at(-1)
    if (last === undefined || isElement(last)) return
    const trimmed = last.replace(/[ \n]+$/, '')
    if (trimmed) siblings[siblings.length - 1] = trimmed
    else siblings.pop()
  }
}
