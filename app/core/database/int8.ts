/**
 * PostgreSQL's BIGINT arrives as text. Identifiers and epoch milliseconds are JS numbers; a value above 2^53-1
 * would be rounded silently, so it is refused.
 */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`Integer ${text} is beyond 2^53-1 and can't be read exactly`)
  }
  return value
}
