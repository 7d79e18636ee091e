import type { BlockNode, TelegramDocument } from './document.js'
import { runOf } from './pieces.js'

/** Telegram takes these out of every text: carriage returns, separators and marks of direction, combining lines. */
const REMOVED = /[\r\u2028-\u202E\u0333\u033F\u030A]/g

/**
 * Telegram counts a text after its entities are taken out, in UTF-16 units, without white space at the end, nor at the
 * beginning unless that is formatted.
 */
export function telegramLength(document: TelegramDocument): number {
  const text = plainText(document).replace(/[ \n]+$/, '')
  const blank = /^[ \n]*/.exec(text)![0].length
  return text.slice(Math.min(blank, formattedFrom(document.content) ?? blank)).replace(REMOVED, '').length
}

/** What remains of a document without its formatting. */
export const plainText = (document: TelegramDocument) => blocksText(document.content)

function blocksText(blocks: BlockNode[]): string {
  return blocks.map(blockText).join('\n')
}

function blockText(block: BlockNode): string {
  if (block.type === 'blockquote') return blocksText(block.content)
  if (block.type === 'codeBlock') return (block.content ?? []).map((node) => node.text).join('')
  return runOf([block])
    .map((piece) => piece.text)
    .join('')
}

/** Offset of the first formatted character; null when nothing is formatted. */
function formattedFrom(blocks: BlockNode[]): number | null {
  let offset = 0
  for (const block of blocks) {
    if (block.type !== 'paragraph' && blockText(block)) return offset
    for (const piece of block.type === 'paragraph' ? runOf([block]) : []) {
      if (piece.text && (piece.emojiId || (!piece.isBreak && piece.marks.length))) return offset
      offset += piece.text.length
    }
    offset += 1
  }
  return null
}
