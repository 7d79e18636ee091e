import { MarkupError } from '#broadcasts/markup/markup_error'
import type { ElementKind, MarkupElement } from '#broadcasts/markup/nodes'
import type { TreeBuilder } from '#broadcasts/markup/tree_builder'

/** Longer ones first: they begin like the shorter ones. */
const MARKS = new Map<string, ElementKind>([
  ['**', 'bold'],
  ['__', 'underline'],
  ['||', 'spoiler'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
])
const WORD = /[\p{L}\p{N}]/u
const BLANK = /^\s?$/

interface OpenMark {
  mark: string
  at: number
  element: MarkupElement
}

/** The marks that are open, innermost last. */
export class MarkdownMarks {
  readonly #open: OpenMark[] = []

  constructor(
    private readonly tree: TreeBuilder,
    private readonly source: string
  ) {}

  get inQuote() {
    return this.isOpen('>')
  }

  isOpen(mark: string) {
    return this.#open.some((open) => open.mark === mark)
  }

  /** Length of the mark that stands here and was opened or closed; 0 when none does. */
  toggle(at: number): number {
    const mark = [...MARKS.keys()].find((candidate) => this.source.startsWith(candidate, at))
    if (!mark || this.#isLiteral(mark, at)) return 0
    if (this.isOpen(mark)) this.close(mark, at)
    else if (mark === '||' && this.inQuote && this.#endsQuote(at)) this.#quote().expandable = true
    else this.open(mark, { kind: MARKS.get(mark)!, children: [] }, at)
    return mark.length
  }

  open(mark: string, element: MarkupElement, at: number) {
    this.tree.enter(element, mark, at)
    this.#open.push({ mark, at, element })
  }

  close(mark: string, at: number): MarkupElement {
    const open = this.#open.pop()!
    if (open.mark !== mark) throw new MarkupError('wrong_nesting', at, { expected: open.mark, found: mark })
    this.tree.leave()
    return open.element
  }

  openQuote(at: number) {
    if (!this.inQuote) this.open('>', { kind: 'quote', expandable: false, children: [] }, at)
  }

  closeQuote() {
    if (!this.inQuote) return
    if (this.#open.at(-1)!.mark !== '>') this.refuseOpen()
    this.close('>', this.source.length)
  }

  refuseOpen() {
    const open = this.#open.at(-1)
    if (open) throw new MarkupError('unclosed_mark', open.at, { mark: open.mark })
  }

  #quote() {
    return this.#open.find(({ mark }) => mark === '>')!.element
  }

  #endsQuote(at: number) {
    return /^\|\|(?:\n(?!>)|$)/.test(this.source.slice(at, at + 4))
  }

  /** `snake_case` and `2 * 3` format nothing. */
  #isLiteral(mark: string, at: number) {
    const before = this.source[at - 1] ?? ''
    const after = this.source[at + mark.length] ?? ''
    if (mark === '_') return WORD.test(before) && WORD.test(after)
    return mark !== '||' && BLANK.test(before) && BLANK.test(after)
  }
}
