import type { BlockNode, BlockquoteNode, CodeBlockNode, LineNode, Mark, TelegramDocument } from './document.js'
import { MARKS } from './document.js'
import { escapeAttribute, escapeText } from './escape.js'
import { runOf, type Piece } from './pieces.js'

const TAGS: Record<Exclude<Mark['type'], 'link'>, string> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strike: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
}

/** Writes the editor's document as the Telegram HTML that is stored, counted and sent. */
export function serializeTelegramHtml(document: TelegramDocument): string {
  return serializeBlocks(document.content)
}

/**
 * Neighbouring lines are written together, so that formatting which runs over a line break stays one entity.
 * An empty quote or code block is no more than an empty line.
 */
function serializeBlocks(blocks: BlockNode[]): string {
  const parts: string[] = []
  let lines: LineNode[] = []
  const flush = () => {
    if (lines.length) parts.push(serializeRun(runOf(lines)))
    lines = []
  }
  for (const block of blocks) {
    const html = block.type === 'paragraph' ? '' : serializeBlock(block)
    if (html) {
      flush()
      parts.push(html)
    } else {
      lines.push(block.type === 'paragraph' ? block : { type: 'paragraph' })
    }
  }
  flush()
  return parts.join('\n')
}

const serializeBlock = (block: BlockquoteNode | CodeBlockNode) =>
  block.type === 'codeBlock' ? serializeCode(block) : serializeQuote(block)

function serializeQuote({ attrs, content }: BlockquoteNode) {
  const inside = serializeBlocks(content)
  return inside ? `<blockquote${attrs.expandable ? ' expandable' : ''}>${inside}</blockquote>` : ''
}

function serializeCode({ attrs, content = [] }: CodeBlockNode) {
  const text = escapeText(content.map((node) => node.text).join(''))
  if (!text) return ''
  return attrs.language
    ? `<pre><code class="language-${escapeAttribute(attrs.language)}">${text}</code></pre>`
    : `<pre>${text}</pre>`
}

function serializeRun(pieces: Piece[]) {
  let html = ''
  const open: Mark[] = []
  const closeDownTo = (depth: number) => {
    while (open.length > depth) html += closingTag(open.pop()!)
  }
  for (const piece of pieces) {
    const wanted = MARKS.flatMap((name) => piece.marks.find(({ type }) => type === name) ?? [])
    const kept = open.findIndex((mark) => !wanted.some((other) => isSame(mark, other)))
    if (kept !== -1) closeDownTo(kept)
    for (const mark of wanted.filter((candidate) => !open.some((other) => isSame(candidate, other)))) {
      html += openingTag(mark)
      open.push(mark)
    }
    html += piece.emojiId ? customEmoji(piece.emojiId, piece.text) : escapeText(piece.text)
  }
  closeDownTo(0)
  return html
}

const isSame = (one: Mark, other: Mark) => one.type === other.type && one.attrs?.href === other.attrs?.href

const openingTag = (mark: Mark) =>
  mark.type === 'link' ? `<a href="${escapeAttribute(mark.attrs!.href)}">` : `<${TAGS[mark.type]}>`

const closingTag = (mark: Mark) => (mark.type === 'link' ? '</a>' : `</${TAGS[mark.type]}>`)

const customEmoji = (id: string, text: string) =>
  `<tg-emoji emoji-id="${escapeAttribute(id)}">${escapeText(text)}</tg-emoji>`
