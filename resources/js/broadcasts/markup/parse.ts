import { DocumentBuilder } from './document_builder.js'
import type { TelegramDocument } from './document.js'
import { meaningOf, type Meaning } from './tags.js'
import { MarkupError, tokenize } from './tokens.js'

interface OpenElement {
  name: string
  at: number
  meaning: Meaning
}

/**
 * Reads Telegram HTML into the editor's document. Throws MarkupError with the position on anything Telegram
 * would refuse: such a text stays in the source mode, where it can be put right without loss.
 */
export function parseTelegramHtml(source: string, placeholders: readonly string[] = []): TelegramDocument {
  const builder = new DocumentBuilder(placeholders)
  const open: OpenElement[] = []
  for (const token of tokenize(source.replace(/\r\n?/g, '\n'))) {
    if (token.kind === 'text') builder.text(token.text)
    if (token.kind === 'open') {
      const meaning = meaningOf(token, open.at(-1)?.meaning.as === 'pre')
      refuseNesting(meaning, open, token.at)
      builder.enter(meaning)
      open.push({ name: token.name, at: token.at, meaning })
    }
    if (token.kind === 'close') {
      const element = open.pop()
      if (!element) throw new MarkupError(`</${token.name}> closes nothing.`, token.at)
      if (element.name !== token.name) {
        throw new MarkupError(`</${token.name}> stands where </${element.name}> is expected.`, token.at)
      }
      builder.leave(element.meaning)
    }
  }
  const unclosed = open.at(-1)
  if (unclosed) throw new MarkupError(`<${unclosed.name}> is never closed.`, unclosed.at)
  return builder.finish()
}

function refuseNesting(meaning: Meaning, open: OpenElement[], at: number) {
  const isInside = (kind: Meaning['as']) => open.some((element) => element.meaning.as === kind)
  if (meaning.as === 'blockquote' && isInside('blockquote')) {
    throw new MarkupError('A quote can’t stand inside another quote.', at)
  }
  if ((meaning.as === 'blockquote' || meaning.as === 'pre') && isInside('pre')) {
    throw new MarkupError('A code block holds plain text only.', at)
  }
}
