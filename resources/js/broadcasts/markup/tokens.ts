import { decodeEntities } from './escape.js'

export type Token =
  | { kind: 'text'; text: string; at: number }
  | { kind: 'open'; name: string; attributes: Record<string, string>; at: number }
  | { kind: 'close'; name: string; at: number }

/** Source that is no Telegram HTML; `at` counts characters from the beginning. */
export class MarkupError extends Error {
  constructor(
    message: string,
    readonly at: number
  ) {
    super(message)
  }
}

const OPEN = /<([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*>/iy
const CLOSE = /<\/([a-z][a-z0-9-]*)\s*>/iy
const ATTRIBUTE = /([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/gi

export function* tokenize(source: string): Generator<Token> {
  let position = 0
  while (position < source.length) {
    const bracket = source.indexOf('<', position)
    const end = bracket === -1 ? source.length : bracket
    if (end > position) yield { kind: 'text', text: decodeEntities(source.slice(position, end)), at: position }
    if (bracket === -1) return
    const tag = readTag(source, bracket)
    yield tag.token
    position = tag.end
  }
}

function readTag(source: string, at: number): { token: Token; end: number } {
  CLOSE.lastIndex = at
  const close = CLOSE.exec(source)
  if (close) return { token: { kind: 'close', name: close[1].toLowerCase(), at }, end: CLOSE.lastIndex }
  OPEN.lastIndex = at
  const open = OPEN.exec(source)
  if (!open) throw new MarkupError('A “<” begins no tag: write &lt; for the character itself.', at)
  const name = open[1].toLowerCase()
  return { token: { kind: 'open', name, attributes: readAttributes(open[2]), at }, end: OPEN.lastIndex }
}

function readAttributes(source: string) {
  const attributes: Record<string, string> = {}
  for (const [, name, quoted, single, bare] of source.matchAll(ATTRIBUTE)) {
    attributes[name.toLowerCase()] = decodeEntities(quoted ?? single ?? bare ?? '')
  }
  return attributes
}
