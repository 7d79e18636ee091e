import type { MessageEntity } from 'grammy/types'
import { escapeHtml } from '#bot/texts/escape_html'

type Tags = [open: string, close: string]

const SIMPLE: Partial<Record<MessageEntity['type'], string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
  blockquote: 'blockquote',
}

/** What Telegram makes of a text by itself, and what a bot may not send, stays plain text. */
function tagsOf(entity: MessageEntity): Tags | null {
  const simple = SIMPLE[entity.type]
  if (simple) return [`<${simple}>`, `</${simple}>`]
  if (entity.type === 'expandable_blockquote') return ['<blockquote expandable>', '</blockquote>']
  if (entity.type === 'text_link') return [`<a href="${escapeHtml(entity.url)}">`, '</a>']
  if (entity.type !== 'pre') return null
  return entity.language
    ? [`<pre><code class="language-${escapeHtml(entity.language)}">`, '</code></pre>']
    : ['<pre>', '</pre>']
}

/**
 * Writes a formatted message as Telegram HTML. Offsets count UTF-16 units, as JavaScript's do; entities are nested or
 * apart, never overlapping.
 */
export function entitiesToHtml(text: string, entities: MessageEntity[] = []): string {
  const outerFirst = entities
    .filter((entity) => tagsOf(entity))
    .sort((one, other) => one.offset - other.offset || other.length - one.length)
  return render(text, 0, text.length, outerFirst)
}

function render(text: string, from: number, to: number, entities: MessageEntity[]): string {
  let html = ''
  let position = from
  while (entities.length > 0 && entities[0].offset < to) {
    const entity = entities.shift()!
    const end = Math.min(entity.offset + entity.length, to)
    if (end <= position) continue
    const [open, close] = tagsOf(entity)!
    const start = Math.max(entity.offset, position)
    html += escapeHtml(text.slice(position, start))
    html += open + render(text, start, end, entities) + close
    position = end
  }
  return html + escapeHtml(text.slice(position, to))
}
