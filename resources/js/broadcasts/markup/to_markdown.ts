import type { BlockNode, BlockquoteNode, CodeBlockNode, LineNode, Mark, TelegramDocument } from './document.js'
import { MARKS } from './document.js'
import { runOf, type Piece } from './pieces.js'

const DELIMITERS: Record<Exclude<Mark['type'], 'link' | 'code'>, string> = {
  bold: '*',
  italic: '_',
  underline: '__',
  strike: '~',
  spoiler: '||',
}

/**
 * Writes the document as the Markdown that a broadcast's source may be. Markdown can't say everything (italics that
 * begin inside a word, two quotes in a row): whoever offers it reads the result back and compares.
 */
export function toMarkdown(document: TelegramDocument): string {
  return blocksToMarkdown(document.content)
}

function blocksToMarkdown(blocks: BlockNode[]): string {
  const parts: string[] = []
  let lines: LineNode[] = []
  const flush = () => {
    if (lines.length) parts.push(runToMarkdown(runOf(lines)))
    lines = []
  }
  for (const block of blocks) {
    if (block.type === 'paragraph') {
      lines.push(block)
      continue
    }
    flush()
    parts.push(block.type === 'codeBlock' ? codeToMarkdown(block) : quoteToMarkdown(block))
  }
  flush()
  return parts.join('\n')
}

function quoteToMarkdown({ attrs, content }: BlockquoteNode) {
  const lines = blocksToMarkdown(content).split('\n')
  return lines.map((line) => `> ${line}`).join('\n') + (attrs.expandable ? '||' : '')
}

function codeToMarkdown({ attrs, content = [] }: CodeBlockNode) {
  const text = content.map((node) => node.text).join('')
  return `\`\`\`${attrs.language ?? ''}\n${escapeCode(text)}\n\`\`\``
}

function runToMarkdown(pieces: Piece[]) {
  let markdown = ''
  const open: Mark[] = []
  const closeDownTo = (depth: number) => {
    while (open.length > depth) markdown += closing(open.pop()!)
  }
  for (const piece of pieces) {
    const wanted = MARKS.flatMap((name) => piece.marks.find(({ type }) => type === name) ?? [])
    const kept = open.findIndex((mark) => !wanted.some((other) => isSame(mark, other)))
    if (kept !== -1) closeDownTo(kept)
    for (const mark of wanted.filter(({ type }) => type !== 'code')) {
      if (open.some((other) => isSame(mark, other))) continue
      markdown += opening(mark)
      open.push(mark)
    }
    markdown += textOf(piece)
  }
  closeDownTo(0)
  return markdown
}

function textOf(piece: Piece) {
  if (piece.isBreak) return '\n'
  if (piece.marks.some(({ type }) => type === 'code')) return `\`${escapeCode(piece.text)}\``
  if (piece.emojiId) return `![${escapeText(piece.text)}](tg://emoji?id=${piece.emojiId})`
  return piece.isPlaceholder ? piece.text : escapeText(piece.text)
}

const isSame = (one: Mark, other: Mark) => one.type === other.type && one.attrs?.href === other.attrs?.href
const opening = (mark: Mark) => (mark.type === 'link' ? '[' : DELIMITERS[mark.type as keyof typeof DELIMITERS])
const closing = (mark: Mark) =>
  mark.type === 'link'
    ? `](${mark.attrs!.href.replace(/[)\\]/g, '\\$&')})`
    : DELIMITERS[mark.type as keyof typeof DELIMITERS]

const escapeText = (text: string) => text.replace(/[\\`*_~|[\]>]/g, '\\$&')
const escapeCode = (text: string) => text.replace(/[`\\]/g, '\\$&')
