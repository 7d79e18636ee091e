import type { SourceFormat } from '#broadcasts/values'
import { MarkupError } from '#broadcasts/markup/markup_error'
import { parseHtml } from '#broadcasts/markup/parse_html'
import { parseMarkdown } from '#broadcasts/markup/parse_markdown'
import { checkPlaceholders } from '#broadcasts/markup/placeholders'
import { toEntities, type FormattedText } from '#broadcasts/markup/to_entities'
import { toHtml } from '#broadcasts/markup/to_html'

/** A text that Telegram will take. */
export interface Markup {
  /** Canonical Telegram HTML; placeholders are still in it. */
  html: string
  formatted: FormattedText
  /** UTF-16 units after entities and trimming, as Telegram counts; placeholders as they are written. */
  length: number
}

export type MarkupReading = { ok: true; markup: Markup } | { ok: false; error: MarkupError }

/** Reads what an admin wrote. The error says what is wrong and where. */
export function readSource(source: string, format: SourceFormat): MarkupReading {
  try {
    const nodes = format === 'markdown' ? parseMarkdown(source) : parseHtml(source)
    checkPlaceholders(source)
    const formatted = toEntities(nodes)
    return { ok: true, markup: { html: toHtml(nodes), formatted, length: formatted.text.length } }
  } catch (error) {
    if (error instanceof MarkupError) return { ok: false, error }
    throw error
  }
}

/** Length of a filled text, as Telegram counts it. */
export const measureHtml = (html: string) => toEntities(parseHtml(html)).text.length
