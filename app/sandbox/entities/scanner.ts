/** Reading position in a markup text. Past the end reads as NUL, which counts as white space, as in Telegram. */
export class Scanner {
  position = 0

  constructor(readonly text: string) {}

  get ended(): boolean {
    return this.position >= this.text.length
  }

  peek(ahead = 0): string {
    return this.text[this.position + ahead] ?? '\0'
  }

  next(): string {
    return this.text[this.position++] ?? '\0'
  }

  startsWith(expected: string): boolean {
    return this.text.startsWith(expected, this.position)
  }

  /** Moves on while the test holds and answers what was passed. Never moves past the end. */
  takeWhile(test: (character: string) => boolean): string {
    const start = this.position
    while (!this.ended && test(this.peek())) this.position++
    return this.text.slice(start, this.position)
  }

  skipSpace(): void {
    this.takeWhile(isSpace)
  }
}

export function isSpace(character: string): boolean {
  return character === ' ' || (character >= '\t' && character <= '\v') || character === '\r' || character === '\0'
}

/** ASCII only: Telegram leaves other letters as they are. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
