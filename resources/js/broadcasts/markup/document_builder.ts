import type { BlockNode, BlockquoteNode, CodeBlockNode, InlineNode, Mark, TelegramDocument } from './document.js'
import { MARKS } from './document.js'
import { placeholderPattern } from './placeholder.js'
import type { Meaning } from './tags.js'

/** Collects lines, quotes and code blocks in reading order. Line breaks around a block only separate it. */
export class DocumentBuilder {
  readonly #blocks: BlockNode[] = []
  readonly #placeholder: RegExp | null
  #quote: BlockquoteNode | null = null
  #code: CodeBlockNode | null = null
  #emoji: { id: string; text: string } | null = null
  #marks: Mark[] = []
  /** The line being written; null right after a block, whose own line has ended with it. */
  #line: InlineNode[] | null = []

  constructor(placeholders: readonly string[]) {
    this.#placeholder = placeholders.length ? new RegExp(placeholderPattern(placeholders), 'g') : null
  }

  enter(meaning: Meaning) {
    if (meaning.as === 'mark') this.#marks.push(meaning.mark)
    if (meaning.as === 'emoji') this.#emoji = { id: meaning.id, text: '' }
    if (meaning.as === 'language' && this.#code) this.#code.attrs.language ||= meaning.language || null
    if (meaning.as === 'pre') {
      this.#endLine()
      this.#code = { type: 'codeBlock', attrs: { language: null } }
    }
    if (meaning.as === 'blockquote') {
      this.#endLine()
      this.#quote = { type: 'blockquote', attrs: { expandable: meaning.expandable }, content: [] }
      this.#line = []
    }
  }

  leave(meaning: Meaning) {
    if (meaning.as === 'mark') this.#marks.pop()
    if (meaning.as === 'emoji') this.#endEmoji()
    if (meaning.as === 'pre' && this.#code) {
      const code = this.#code
      this.#code = null
      this.#target.push(code)
      this.#line = null
    }
    if (meaning.as === 'blockquote' && this.#quote) {
      if (this.#line) this.#pushLine()
      this.#blocks.push(this.#quote)
      this.#quote = null
      this.#line = null
    }
  }

  text(text: string) {
    if (this.#emoji) this.#emoji.text += text
    else if (this.#code) appendText(this.#code, text)
    else {
      const [first, ...rest] = text.split('\n')
      this.#append(first)
      for (const line of rest) {
        if (this.#line) this.#pushLine()
        this.#line = []
        this.#append(line)
      }
    }
  }

  finish(): TelegramDocument {
    if (this.#line) this.#pushLine()
    return { type: 'doc', content: this.#blocks }
  }

  get #target() {
    return (this.#quote?.content ?? this.#blocks) as BlockNode[]
  }

  #append(text: string) {
    if (!text) return
    let from = 0
    for (const match of this.#placeholder ? text.matchAll(this.#placeholder) : []) {
      const [whole, name, fallback = null] = match
      this.#plain(text.slice(from, match.index))
      this.#inline({ type: 'placeholder', attrs: { name, fallback } })
      from = match.index + whole.length
    }
    this.#plain(text.slice(from))
  }

  #plain(text: string) {
    if (text) this.#inline({ type: 'text', text })
  }

  #inline(node: InlineNode) {
    this.#line ??= []
    const marks = effectiveMarks(this.#marks)
    const previous = this.#line.at(-1)
    if (node.type === 'text' && previous?.type === 'text' && sameMarks(previous.marks ?? [], marks)) {
      previous.text += node.text
      return
    }
    this.#line.push(marks.length ? { ...node, marks } : node)
  }

  #endEmoji() {
    const emoji = this.#emoji
    this.#emoji = null
    if (!emoji?.text) return
    const isCode = this.#code !== null || this.#marks.some(({ type }) => type === 'code')
    if (isCode || emoji.text.includes('\n')) this.text(emoji.text)
    else this.#inline({ type: 'customEmoji', attrs: emoji })
  }

  /** A block begins: an empty line before it was only the break that separates them. */
  #endLine() {
    if (this.#line?.length) this.#pushLine()
    this.#line = null
  }

  #pushLine() {
    this.#target.push(this.#line!.length ? { type: 'paragraph', content: this.#line! } : { type: 'paragraph' })
  }
}

function appendText(code: CodeBlockNode, text: string) {
  if (text) code.content = [{ type: 'text', text: (code.content?.[0].text ?? '') + text }]
}

/** Code holds no other formatting; the innermost of two links wins; the rest is kept once, in a fixed order. */
function effectiveMarks(open: Mark[]): Mark[] {
  if (open.some(({ type }) => type === 'code')) return [{ type: 'code' }]
  return MARKS.flatMap((name) => open.findLast(({ type }) => type === name) ?? [])
}

export function sameMarks(one: Mark[], other: Mark[]) {
  return (
    one.length === other.length &&
    one.every((mark, index) => mark.type === other[index].type && mark.attrs?.href === other[index].attrs?.href)
  )
}
