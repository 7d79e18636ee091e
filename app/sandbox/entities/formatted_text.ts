import { cleanText } from '#sandbox/entities/clean'
import { findEntities } from '#sandbox/entities/find'
import { parseHtml } from '#sandbox/entities/html'
import { parseMarkdown } from '#sandbox/entities/markdown'
import { parseMarkdownV2 } from '#sandbox/entities/markdown_v2'
import { mergeFound, sortEntities } from '#sandbox/entities/normalise'
import { EntityError, type Entity, type FormattedText } from '#sandbox/entities/types'

export const PARSERS: Record<string, (markup: string) => FormattedText> = {
  html: parseHtml,
  markdown: parseMarkdown,
  markdownv2: parseMarkdownV2,
}

/** Markup or given entities to what Telegram would keep. Throws EntityError in Telegram's words. */
export function formatText(source: string, parseMode: string, given: Entity[]): FormattedText {
  const parser = PARSERS[parseMode.toLowerCase()]
  const marked = parser ? parse(parser, source) : { text: source, entities: given }
  const cleaned = cleanText({ text: marked.text, entities: sortEntities(marked.entities) })
  return { text: cleaned.text, entities: mergeFound(cleaned.entities, findEntities(cleaned.text)) }
}

function parse(parser: (markup: string) => FormattedText, source: string): FormattedText {
  try {
    return parser(source)
  } catch (error) {
    if (error instanceof EntityError) throw new EntityError(`Can't parse entities: ${error.message}`)
    throw error
  }
}
