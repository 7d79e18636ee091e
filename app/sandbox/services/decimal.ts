/** An amount as providers write it, exact to 18 places: the integer is 10^18 times the value. */
export type Decimal = bigint

const PLACES = 18
export const ONE: Decimal = 10n ** BigInt(PLACES)

/** Digits and one point, as the providers' APIs take amounts; nothing for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^(\d{1,20})(?:\.(\d{1,18}))?$/.exec(text.trim())
  if (!match) return undefined
  return BigInt(match[1]) * ONE + BigInt((match[2] ?? '').padEnd(PLACES, '0'))
}

/** For constants of the sandbox, which are never malformed. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === undefined) throw new Error(`"${text}" is no decimal number`)
  return value
}

/** With at least `min` and at most `max` places; what lies beyond is cut off. */
export function formatDecimal(value: Decimal, { min = 0, max = PLACES } = {}): string {
  const digits = value.toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).slice(0, max).replace(/0+$/, '').padEnd(min, '0')
  return fraction ? `${digits.slice(0, -PLACES)}.${fraction}` : digits.slice(0, -PLACES)
}

export function times(a: Decimal, b: Decimal): Decimal {
  return (a * b) / ONE
}

export function dividedBy(a: Decimal, b: Decimal): Decimal {
  return (a * ONE) / b
}

/** To so many places, away from zero, as a price is rounded for whoever has to pay it. */
export function roundUp(value: Decimal, places: number): Decimal {
  const unit = 10n ** BigInt(PLACES - places)
  return ((value + unit - 1n) / unit) * unit
}
