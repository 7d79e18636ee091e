import { refuse, ok, type Refused, type Ok } from '#core/result'
import { CURRENCIES, minorUnits, type Currency } from '#core/money/currency'
import { MAX_MINOR, Money } from '#core/money/money'

export type MoneyRefusal = 'not_a_number' | 'ambiguous_separator' | 'too_precise' | 'too_large'

const SPACES = '[ \\u00A0\\u202F]'
const NUMBER = new RegExp(`^(\\d+|\\d{1,3}(?:${SPACES}\\d{3})+)(?:([.,])(\\d+))?$`)

/**
 * Reads an amount as people type it: groups of three by a space, one `.` or `,` as the decimal sign. Signs and
 * exponents are no amounts. What reads differently in two countries (`1,000`, or both signs together) is refused
 * rather than guessed.
 */
export function parseMoney(
  text: string,
  currency: Currency
): Ok<Money> | Refused<{ code: MoneyRefusal; params?: Record<string, string | number> }> {
  const trimmed = text.trim()
  if (/[.,].*[.,]/.test(trimmed) && /^[\d., \u00A0\u202F]+$/.test(trimmed)) return refuse('ambiguous_separator')
  const match = NUMBER.exec(trimmed)
  if (!match) return refuse('not_a_number')

  const [, whole, separator, fraction = ''] = match
  if (separator === ',' && fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole)) return refuse('ambiguous_separator')

  const places = CURRENCIES[currency]
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > places) return refuse('too_precise', { places })

  const minor = BigInt(whole.replace(/\D/g, '')) * minorUnits(currency) + BigInt(significant.padEnd(places, '0') || '0')
  if (minor > MAX_MINOR) return refuse('too_large')
  return ok(Money.of(minor, currency))
}
