import { closeTag, isSupportedTag, tagArgument, type OpenTag } from '#sandbox/entities/html_tags'
import { isSpace, lowerAscii, Scanner } from '#sandbox/entities/scanner'
import { byteOffset, EntityError, type Entity, type FormattedText } from '#sandbox/entities/types'

const NAMED_CHARACTERS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/**
 * parse_mode HTML as Telegram reads it, refusing what Telegram refuses with its words. Written without a look at the
 * product's own markup code, so that tests can hold the one against the other.
 */
export function parseHtml(markup: string): FormattedText {
  return new HtmlParser(markup).parse()
}

class HtmlParser {
  #source: Scanner
  #text = ''
  #open: OpenTag[] = []
  #entities: Entity[] = []
  #hasLoneSurrogate = false

  constructor(markup: string) {
    this.#source = new Scanner(markup)
  }

  parse(): FormattedText {
    while (!this.#source.ended) {
      const character = this.#source.peek()
      if (character === '&') this.#text += this.#readCharacterReference()
      else if (character === '<') this.#readTag()
      else this.#text += this.#source.next()
    }

    const unclosed = this.#open.at(-1)
    if (unclosed) throw new EntityError(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
    if (this.#hasLoneSurrogate) {
      throw new EntityError(
        'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units'
      )
    }
    for (const entity of this.#entities) if (entity.type === 'code') delete entity.language
    return { text: this.#text, entities: this.#entities }
  }

  #readTag(): void {
    if (this.#source.peek(1) === '/') this.#readEndTag()
    else this.#readStartTag()
  }

  #readStartTag(): void {
    const begin = this.#source.position++
    const name = lowerAscii(this.#source.takeWhile((c) => !isSpace(c) && c !== '>'))
    if (this.#source.ended) throw this.#error('Unclosed start tag', begin)
    if (!isSupportedTag(name)) throw this.#error(`Unsupported start tag "${name}"`, begin)

    let argument = ''
    while (this.#source.peek() !== '>') {
      this.#source.skipSpace()
      if (this.#source.peek() === '>') break
      argument = this.#readAttribute(name, begin) ?? argument
    }
    this.#source.position++

    if (name === 'span' && argument !== 'spoiler') throw this.#error('Tag "span" must have class "tg-spoiler"', begin)
    this.#open.push({ name, argument, start: this.#text.length })
  }

  #readAttribute(tag: string, begin: number): string | undefined {
    const attribute = this.#source.takeWhile((c) => !isSpace(c) && !'=>/"\''.includes(c))
    if (!attribute) throw this.#error(`Empty attribute name in the tag "${tag}"`, begin)
    this.#source.skipSpace()
    if (this.#source.peek() !== '=') {
      if (this.#source.ended) throw this.#error(`Unclosed start tag "${tag}"`, begin)
      return attribute === 'expandable' ? tagArgument(tag, attribute, '') : undefined
    }
    this.#source.position++
    this.#source.skipSpace()
    if (this.#source.ended) throw this.#error(`Unclosed start tag "${tag}"`, begin)

    const quote = this.#source.peek()
    const value = quote === '"' || quote === "'" ? this.#readQuoted(quote) : this.#readNameToken()
    if (this.#source.ended) throw this.#error('Unclosed start tag', begin)
    return tagArgument(tag, attribute, value)
  }

  #readNameToken(): string {
    const begin = this.#source.position
    const value = lowerAscii(this.#source.takeWhile((c) => /[a-z0-9.-]/i.test(c)))
    if (!isSpace(this.#source.peek()) && this.#source.peek() !== '>') {
      throw this.#error('Unexpected end of name token', begin)
    }
    return value
  }

  #readQuoted(quote: string): string {
    let value = ''
    this.#source.position++
    while (!this.#source.ended && this.#source.peek() !== quote) {
      value += this.#source.peek() === '&' ? this.#readCharacterReference() : this.#source.next()
    }
    this.#source.position++
    return value
  }

  #readEndTag(): void {
    const begin = this.#source.position
    const tag = this.#open.at(-1)
    if (!tag) throw this.#error('Unexpected end tag', begin)

    this.#source.position += 2
    const name = lowerAscii(this.#source.takeWhile((c) => !isSpace(c) && c !== '>'))
    this.#source.skipSpace()
    if (this.#source.peek() !== '>') throw this.#error('Unclosed end tag', begin)
    this.#source.position++
    if (name && name !== tag.name) {
      throw this.#error('Unmatched end tag', begin, `, expected "</${tag.name}>", found "</${name}>"`)
    }

    this.#open.pop()
    closeTag(tag, this.#text, this.#entities)
  }

  /** Only four names and numbers are known; anything else stays as it was written. The semicolon may be missing. */
  #readCharacterReference(): string {
    const rest = this.#source.text.slice(this.#source.position, this.#source.position + 12)
    const [whole, hex, decimal, name] = /^&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]+));?/.exec(rest) ?? ['']
    const digits = whole.replace(/;$/, '')
    if (name === undefined && (hex ?? decimal) !== undefined && digits.length < 10) {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex || '0', 16)
      if (code > 0 && code < 0x10ffff) {
        this.#source.position += whole.length
        this.#hasLoneSurrogate ||= code >= 0xd800 && code <= 0xdfff
        return String.fromCodePoint(code)
      }
    } else if (name !== undefined && Object.hasOwn(NAMED_CHARACTERS, name)) {
      this.#source.position += whole.length
      return NAMED_CHARACTERS[name]
    }
    this.#source.position++
    return '&'
  }

  #error(reason: string, index: number, detail = ''): EntityError {
    return new EntityError(`${reason} at byte offset ${byteOffset(this.#source.text, index)}${detail}`)
  }
}
