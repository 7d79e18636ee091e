import { readLanguage, skipOneNewline } from '#sandbox/entities/code_block'
import { entityName } from '#sandbox/entities/entity_names'
import { addLink } from '#sandbox/entities/html_tags'
import { linkedEmojiId } from '#sandbox/entities/links'
import { Scanner } from '#sandbox/entities/scanner'
import { byteOffset, EntityError, type Entity, type EntityType, type FormattedText } from '#sandbox/entities/types'

interface OpenEntity {
  type: EntityType
  language?: string
  /** UTF-16 units of the output before it */
  start: number
  /** index of its markup in the source */
  index: number
}

const RESERVED = '_*[]()~`>#+-=|{}.!\n'

/** parse_mode MarkdownV2 as Telegram reads it. */
export function parseMarkdownV2(markup: string): FormattedText {
  return new MarkdownV2Parser(markup).parse()
}

class MarkdownV2Parser {
  #source: Scanner
  #text = ''
  #open: OpenEntity[] = []
  #entities: Entity[] = []
  #inQuote = false
  #atLineStart = true

  constructor(markup: string) {
    this.#source = new Scanner(markup)
  }

  parse(): FormattedText {
    while (!this.#source.ended) this.#step()
    if (this.#inQuote) this.#closeQuoteAtEnd()
    const unclosed = this.#open.at(-1)
    if (unclosed) throw this.#unclosed(unclosed)
    return { text: this.#text, entities: this.#entities }
  }

  #step(): void {
    const character = this.#source.peek()
    if (character === '\\' && isEscapable(this.#source.peek(1))) {
      this.#source.position++
      this.#emit(this.#source.peek(), this.#source.peek() === '\n')
      return
    }
    const inCode = ['code', 'pre'].includes(this.#open.at(-1)?.type ?? '')
    if (!(inCode ? '`' : RESERVED).includes(character)) {
      this.#emit(character)
    } else if (this.#endsQuoteLine(character) || this.#endsEntity(character)) {
      this.#closeEntity(character)
    } else {
      this.#openEntity(character)
    }
  }

  #emit(character: string, startsLine = false): void {
    this.#text += character
    this.#source.position++
    if (character !== '\r') this.#atLineStart = startsLine
  }

  /** A quote lasts as long as its lines begin with ">". */
  #endsQuoteLine(character: string): boolean {
    return (
      this.#inQuote &&
      this.#open.length > 0 &&
      character === '\n' &&
      this.#source.text[this.#source.position + 1] !== '>'
    )
  }

  #endsEntity(character: string): boolean {
    const next = this.#source.peek(1)
    switch (this.#open.at(-1)?.type) {
      case 'bold':
        return character === '*'
      case 'italic':
        return character === '_' && next !== '_'
      case 'underline':
        return character === '_' && next === '_'
      case 'strikethrough':
        return character === '~'
      case 'spoiler':
        return character === '|' && next === '|'
      case 'code':
        return character === '`'
      case 'pre':
        return this.#source.startsWith('```')
      case 'text_link':
      case 'custom_emoji':
        return character === ']'
      default:
        return false
    }
  }

  #openEntity(character: string): void {
    const index = this.#source.position
    const next = this.#source.peek(1)
    switch (character) {
      case '\n':
        return this.#emit(character, true)
      case '>':
        return this.#openQuote(index)
      case '_':
        return next === '_' ? this.#push('underline', index, 2) : this.#push('italic', index, 1)
      case '*':
        return this.#push('bold', index, 1)
      case '~':
        return this.#push('strikethrough', index, 1)
      case '[':
        return this.#push('text_link', index, 1)
      case '`':
        return this.#source.startsWith('```') ? this.#openPre(index) : this.#push('code', index, 1)
      case '|':
        if (next === '|') return this.#push('spoiler', index, 2)
        break
      case '!':
        if (next === '[') return this.#push('custom_emoji', index, 2)
        break
    }
    throw reserved(character)
  }

  #push(type: EntityType, index: number, markupLength: number, language?: string): void {
    this.#source.position += markupLength
    this.#open.push({ type, language, start: this.#text.length, index })
  }

  #openQuote(index: number): void {
    if (!this.#atLineStart) throw reserved('>')
    if (this.#inQuote) {
      this.#source.position++
    } else {
      this.#inQuote = true
      this.#push('blockquote', index, 1)
    }
  }

  #openPre(index: number): void {
    this.#source.position += 3
    const language = readLanguage(this.#source)
    skipOneNewline(this.#source)
    this.#push('pre', index, 0, language)
  }

  #closeEntity(character: string): void {
    if (character === '\n') return this.#closeQuoteLine()

    const entity = this.#open.at(-1)!
    const span = { offset: entity.start, length: this.#text.length - entity.start }
    switch (entity.type) {
      case 'text_link':
        this.#source.position++
        this.#closeLink(span)
        break
      case 'custom_emoji':
        this.#source.position++
        this.#closeCustomEmoji(span)
        break
      default:
        this.#source.position += { pre: 3, underline: 2, spoiler: 2 }[entity.type as string] ?? 1
        if (span.length > 0) this.#entities.push({ type: entity.type, ...span, ...languageOf(entity) })
    }
    this.#open.pop()
  }

  #closeLink(span: { offset: number; length: number }): void {
    const hasTarget = this.#source.peek() === '('
    const link = hasTarget ? this.#readTarget() : this.#text.slice(span.offset)
    if (span.length > 0) addLink(link, span, this.#entities)
  }

  #closeCustomEmoji(span: { offset: number; length: number }): void {
    if (this.#source.peek() !== '(') throw new EntityError('The entity must contain a tg://emoji or tg://time URL')
    const emojiId = linkedEmojiId(this.#readTarget())
    if (!emojiId) throw new EntityError('Invalid tg://emoji or tg://time URL specified')
    if (span.length > 0) this.#entities.push({ type: 'custom_emoji', ...span, custom_emoji_id: emojiId })
  }

  #readTarget(): string {
    this.#source.position++
    const begin = this.#source.position
    let target = ''
    while (!this.#source.ended && this.#source.peek() !== ')') {
      if (this.#source.peek() === '\\' && isEscapable(this.#source.peek(1))) this.#source.position++
      target += this.#source.next()
    }
    if (this.#source.ended) {
      throw new EntityError(`Can't find end of a URL at byte offset ${byteOffset(this.#source.text, begin)}`)
    }
    this.#source.position++
    return target
  }

  #closeQuoteLine(): void {
    const type = this.#takeExpandableMark(this.#source.position)
    const quote = this.#open.at(-1)!
    if (quote.type !== 'blockquote') throw this.#unclosed(quote)
    this.#emit('\n', true)
    this.#entities.push({ type, offset: quote.start, length: this.#text.length - quote.start })
    this.#open.pop()
    this.#inQuote = false
  }

  #closeQuoteAtEnd(): void {
    const type = this.#takeExpandableMark(this.#source.text.length)
    const quote = this.#open.at(-1)
    if (quote?.type !== 'blockquote') return
    const length = this.#text.length - quote.start
    if (length > 0) this.#entities.push({ type, offset: quote.start, length })
    this.#open.pop()
  }

  /** A quote that ends in an unopened "||" is an expandable one. */
  #takeExpandableMark(end: number): EntityType {
    const last = this.#open.at(-1)!
    const afterReturn = this.#text.endsWith('\r') && end < this.#source.text.length ? 3 : 2
    if (last.type !== 'spoiler' || (last.index !== end - 2 && last.index !== end - afterReturn)) return 'blockquote'
    this.#open.pop()
    return 'expandable_blockquote'
  }

  #unclosed(entity: OpenEntity): EntityError {
    const name = entityName(entity.type, entity.language)
    const offset = byteOffset(this.#source.text, entity.index)
    return new EntityError(`Can't find end of ${name} entity at byte offset ${offset}`)
  }
}

function languageOf(entity: OpenEntity): { language?: string } {
  return entity.language ? { language: entity.language } : {}
}

function isEscapable(character: string): boolean {
  return character > '\0' && character <= '~'
}

function reserved(character: string): EntityError {
  return new EntityError(`Character '${character}' is reserved and must be escaped with the preceding '\\'`)
}
