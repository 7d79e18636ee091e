import { placeholderText } from './placeholder.js'
import type { InlineNode, LineNode, Mark } from './document.js'

/** A stretch of text under the same marks. */
export interface Piece {
  text: string
  marks: Mark[]
  emojiId?: string
  isBreak?: boolean
  isPlaceholder?: boolean
}

/** Lines as one run of text. A break carries the marks that both its neighbours have. */
export function runOf(lines: LineNode[]): Piece[] {
  const pieces = lines.flatMap((line, index) => {
    const inline = (line.content ?? []).map(pieceOf)
    return index ? [lineBreak(), ...inline] : inline
  })
  return withBreakMarks(pieces)
}

function withBreakMarks(pieces: Piece[]): Piece[] {
  const after: Array<Piece | undefined> = []
  for (let index = pieces.length - 1, next: Piece | undefined; index >= 0; index--) {
    after[index] = next
    if (!pieces[index].isBreak) next = pieces[index]
  }
  let before: Piece | undefined
  return pieces.map((piece, index) => {
    if (!piece.isBreak) return (before = piece)
    const next = after[index]
    return before && next ? { ...piece, marks: shared(before.marks, next.marks) } : piece
  })
}

const lineBreak = (): Piece => ({ text: '\n', marks: [], isBreak: true })

function pieceOf(node: InlineNode): Piece {
  if (node.type === 'hardBreak') return lineBreak()
  const marks = node.marks ?? []
  if (node.type === 'placeholder') return { text: placeholderText(node.attrs), marks, isPlaceholder: true }
  if (node.type === 'customEmoji') return { text: node.attrs.text, marks, emojiId: node.attrs.id }
  return { text: node.text, marks }
}

function shared(one: Mark[], other: Mark[]) {
  return one.filter((mark) => other.some(({ type, attrs }) => type === mark.type && attrs?.href === mark.attrs?.href))
}
