import { MarkupError } from '#broadcasts/markup/markup_error'

/** Telegram knows the first four; the other two come with pasted text. */
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00A0'],
])
const ENTITY = /&(?:#x([0-9a-f]+)|#(\d+)|([a-z][a-z0-9]*));/gi
const MAX_CODE_POINT = 0x10ffff

/** An ampersand that begins no entity stands for itself. `at` is where `raw` begins in the source. */
export function decodeEntities(raw: string, at: number): string {
  return raw.replace(ENTITY, (whole, hex?: string, decimal?: string, name?: string, ...rest) => {
    const offset = rest[0] as number
    const character = name ? NAMED.get(name) : fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal))
    if (character === undefined) throw new MarkupError('bad_entity', at + offset, { entity: whole })
    return character
  })
}

function fromCodePoint(codePoint: number) {
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff
  const isCharacter = codePoint > 0 && codePoint < MAX_CODE_POINT && !isSurrogate
  return isCharacter ? String.fromCodePoint(codePoint) : undefined
}
