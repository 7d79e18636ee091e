import { readLanguage, skipOneNewline } from '#sandbox/entities/code_block'
import { addLink } from '#sandbox/entities/html_tags'
import { Scanner } from '#sandbox/entities/scanner'
import { byteOffset, EntityError, type Entity, type FormattedText } from '#sandbox/entities/types'

/** parse_mode Markdown, the legacy one: no nesting, no underline, no strike, no spoiler. */
export function parseMarkdown(markup: string): FormattedText {
  const source = new Scanner(markup)
  const entities: Entity[] = []
  let text = ''

  while (!source.ended) {
    const character = source.peek()
    if (character === '\\' && '_*`['.includes(source.peek(1))) source.position++
    else if ('_*`['.includes(character)) {
      text = readEntity(source, text, entities)
      continue
    }
    text += source.next()
  }
  return { text, entities }
}

function readEntity(source: Scanner, before: string, entities: Entity[]): string {
  const begin = source.position
  const mark = source.startsWith('```') ? '```' : source.peek()
  source.position += mark.length

  const language = mark === '```' ? readLanguage(source) : undefined
  if (mark === '```') skipOneNewline(source)

  const endMark = mark === '[' ? ']' : mark
  const end = source.text.indexOf(endMark, source.position)
  if (end < 0) {
    throw new EntityError(`Can't find end of the entity starting at byte offset ${byteOffset(source.text, begin)}`)
  }
  const inner = source.text.slice(source.position, end)
  source.position = end + endMark.length
  const span = { offset: before.length, length: inner.length }

  if (mark === '[') {
    const link = span.length > 0 ? readTarget(source) : undefined
    if (span.length > 0) addLink(link ?? inner, span, entities)
  } else if (span.length > 0) {
    entities.push({ type: typeOf(mark), ...span, ...(language && { language }) })
  }
  return before + inner
}

/** "(url)" after the text. A missing closing bracket is forgiven, as Telegram does. */
function readTarget(source: Scanner): string | undefined {
  if (source.peek() !== '(') return undefined
  source.position++
  const target = source.takeWhile((c) => c !== ')')
  source.position++
  return target
}

function typeOf(mark: string): Entity['type'] {
  if (mark === '```') return 'pre'
  if (mark === '`') return 'code'
  return mark === '*' ? 'bold' : 'italic'
}
