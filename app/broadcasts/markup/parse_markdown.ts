import { MarkdownMarks } from '#broadcasts/markup/markdown_marks'
import { checkLink } from '#broadcasts/markup/links'
import { MarkupError } from '#broadcasts/markup/markup_error'
import type { MarkupNode } from '#broadcasts/markup/nodes'
import { refuseLoneSurrogates } from '#broadcasts/markup/parse_html'
import { TreeBuilder } from '#broadcasts/markup/tree_builder'

const PLACEHOLDER = /\{[a-z][a-z0-9_]*(?:\|[^{}]*)?\}/y
const ESCAPE = /\\([!-/:-@[-`{-~])/y
const FENCE = /```(?:([\w#+.-]{1,40})?\n)?((?:\\[`\\]|[^])*?)\n?```/y
const CODE = /`((?:\\[`\\]|[^`])+)`/y
const EMOJI = /!\[([^\]\n]+)\]\(tg:\/\/emoji\?id=(\d+)\)/y
const LINK_END = /\]\(((?:\\[)\\]|[^)\s])*)\)/y
const PLAIN = /[^\\`*_~|[\]{!>\n]+/y

/**
 * Reads Telegram's MarkdownV2 with less ceremony: punctuation that formats nothing needs no backslash, `**bold**` is
 * bold as well, and an underscore inside a word is only that. A mark that is never closed is a MarkupError.
 */
export function parseMarkdown(source: string): MarkupNode[] {
  refuseLoneSurrogates(source)
  return new MarkdownReader(source.replace(/\r\n?/g, '\n')).read()
}

class MarkdownReader {
  readonly #tree = new TreeBuilder()
  readonly #marks: MarkdownMarks
  #at = 0

  constructor(private readonly source: string) {
    this.#marks = new MarkdownMarks(this.#tree, source)
  }

  read(): MarkupNode[] {
    this.#startLine()
    while (this.#at < this.source.length) this.#step()
    this.#marks.closeQuote()
    this.#marks.refuseOpen()
    return this.#tree.finish()
  }

  #step() {
    if (this.#verbatim(PLAIN) || this.#verbatim(PLACEHOLDER) || this.#escape()) return
    if (this.#code() || this.#emoji() || this.#link()) return
    const length = this.#marks.toggle(this.#at)
    if (length) this.#at += length
    else this.#character()
  }

  #verbatim(pattern: RegExp) {
    const match = this.#match(pattern)
    if (match) this.#tree.text(match[0])
    return match
  }

  #escape() {
    const match = this.#match(ESCAPE)
    if (match) this.#tree.text(match[1])
    return match
  }

  #code() {
    const from = this.#at
    const fence = this.#match(FENCE)
    const match = fence ?? this.#match(CODE)
    if (!match) {
      if (this.source[from] === '`') throw new MarkupError('unclosed_mark', from, { mark: '`' })
      return false
    }
    const language = fence ? match[1] : undefined
    const text = (fence ? match[2] : match[1]).replace(/\\([`\\])/g, '$1')
    this.#tree.enter({ kind: fence ? 'pre' : 'code', language, children: [] }, '`', from)
    this.#tree.text(text)
    this.#tree.leave()
    return true
  }

  #emoji() {
    const from = this.#at
    const match = this.#match(EMOJI)
    if (!match) return false
    this.#tree.enter({ kind: 'emoji', emojiId: match[2], children: [] }, '!', from)
    this.#tree.text(match[1])
    this.#tree.leave()
    return true
  }

  /** Only a bracket whose other half and address follow begins a link; any other is a bracket. */
  #link() {
    const from = this.#at
    if (this.source[from] === '[' && /^\[(?:\\.|[^\]\\])*\]\(/.test(this.source.slice(from))) {
      this.#marks.open('[', { kind: 'link', children: [] }, from)
      this.#at++
      return true
    }
    if (this.source[from] !== ']' || !this.#marks.isOpen('[')) return false
    const end = this.#match(LINK_END)
    if (!end) throw new MarkupError('unclosed_mark', from, { mark: '[' })
    const address = end[0].slice(2, -1).replace(/\\([)\\])/g, '$1')
    this.#marks.close('[', from).href = checkLink(address, from + 2)
    return true
  }

  #character() {
    const character = this.source[this.#at++]
    if (character !== '\n') return this.#tree.text(character)
    if (this.#marks.inQuote && this.source[this.#at] !== '>') this.#marks.closeQuote()
    this.#tree.text('\n')
    this.#startLine()
  }

  #startLine() {
    if (this.source[this.#at] !== '>') return
    this.#marks.openQuote(this.#at)
    this.#at++
    if (this.source[this.#at] === ' ') this.#at++
  }

  #match(pattern: RegExp) {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.source)
    if (match) this.#at += match[0].length
    return match
  }
}
