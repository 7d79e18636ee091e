const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));/gi
const MAX_CODE_POINT = 0x10ffff

export const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

export const escapeAttribute = (text: string) => escapeText(text).replace(/"/g, '&quot;')

/** Telegram knows four named entities and numeric ones; anything else stays as it was typed. */
export function decodeEntities(text: string) {
  return text.replace(ENTITY, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return ENTITIES[name.toLowerCase()]
    const codePoint = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal!, 10)
    const isCharacter = codePoint > 0 && codePoint <= MAX_CODE_POINT && !(codePoint >= 0xd800 && codePoint <= 0xdfff)
    return isCharacter ? String.fromCodePoint(codePoint) : whole
  })
}
