const LONGEST = 20_000

/** A raw body for people: JSON (a value, or the text of one) set out in lines, anything else as it is. */
export function rawText(value: unknown) {
  const source = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const text = typeof value === 'string' ? setOut(value) : JSON.stringify(value, null, 2)
  return { text: (text ?? '').slice(0, LONGEST), isCut: (text ?? '').length > LONGEST, size: Buffer.byteLength(source) }
}

function setOut(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
