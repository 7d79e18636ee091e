import { escapeText } from '#broadcasts/markup/to_html'
import {
  isPlaceholder,
  PLACEHOLDER,
  type PlaceholderName,
  type PlaceholderValues,
} from '#broadcasts/markup/placeholders'

interface Blank {
  name: PlaceholderName
  /** Escaped already: it is a part of the HTML. */
  fallback: string
  inAddress: boolean
}

/** Canonical HTML cut at its placeholders once, so that filling it for each customer is a mere join. */
export class Template {
  readonly #parts: Array<string | Blank>

  constructor(html: string) {
    this.#parts = html.split(/(<[^>]*>)/).flatMap((piece, index) => cut(piece, index % 2 === 1))
  }

  /** Placeholders in the order in which they stand. */
  get blanks(): Blank[] {
    return this.#parts.filter((part) => typeof part !== 'string')
  }

  /** The least that is left of it, for anybody. */
  get withoutBlanks(): string {
    return this.#parts.filter((part) => typeof part === 'string').join('')
  }

  /** Names are user text: escaped in a text, percent-encoded in an address. */
  fill(values: PlaceholderValues): string {
    return this.#parts.map((part) => (typeof part === 'string' ? part : fillBlank(part, values))).join('')
  }
}

function cut(piece: string, inAddress: boolean): Array<string | Blank> {
  const parts: Array<string | Blank> = []
  let from = 0
  for (const match of piece.matchAll(PLACEHOLDER)) {
    const [whole, name, fallback = ''] = match
    if (!isPlaceholder(name)) continue
    parts.push(piece.slice(from, match.index), { name, fallback, inAddress })
    from = match.index + whole.length
  }
  return [...parts, piece.slice(from)].filter((part) => part !== '')
}

function fillBlank({ name, fallback, inAddress }: Blank, values: PlaceholderValues) {
  const value = values[name]
  if (!value) return fallback
  return inAddress ? encodeURIComponent(value.toWellFormed()) : escapeText(value)
}
