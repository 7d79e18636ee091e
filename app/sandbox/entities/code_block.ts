import { isSpace, type Scanner } from '#sandbox/entities/scanner'

/** The language after ``` when something other than the closing mark follows it. */
export function readLanguage(source: Scanner): string | undefined {
  const begin = source.position
  const language = source.takeWhile((c) => !isSpace(c) && c !== '`')
  if (language && !source.ended && source.peek() !== '`') return language
  source.position = begin
  return undefined
}

/** Telegram drops one line break (of any style) after the opening mark of a code block. */
export function skipOneNewline(source: Scanner): void {
  const [first, second] = [source.peek(), source.peek(1)]
  if (first !== '\n' && first !== '\r') return
  source.position += (second === '\n' || second === '\r') && first !== second ? 2 : 1
}
