import { CURRENCIES, type Currency } from '#core/money/currency'
import { MAX_MINOR, Money } from '#core/money/money'
import { divide, type Rounding } from '#core/money/rounding'

/** An exact decimal: `digits` / 10^`scale`. */
export interface Decimal {
  digits: bigint
  scale: number
}

const DECIMAL = /^(\d{1,40})(?:\.(\d{1,40}))?(?:e([+-]?\d{1,2}))?$/i

/** Reads a sum as programs write it (`10`, `10.50`, `1e-7`), from text or a JSON number; null when it is none. */
export function parseDecimal(value: unknown): Decimal | null {
  const match = typeof value === 'string' || typeof value === 'number' ? DECIMAL.exec(String(value)) : null
  if (!match) return null
  const [, whole, fraction = '', exponent = '0'] = match
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** As money; what is finer than the minor unit is rounded as named. Null when it is no number or too large for us. */
export function moneyOf(value: unknown, currency: Currency, rounding: Rounding = 'down'): Money | null {
  const decimal = parseDecimal(value)
  if (!decimal) return null
  const minor = divide(decimal.digits * 10n ** BigInt(CURRENCIES[currency]), 10n ** BigInt(decimal.scale), rounding)
  return minor > MAX_MINOR ? null : Money.of(minor, currency)
}

/** As a program writes it, without meaningless zeros: `10.5`. */
export function plainDecimal(money: Money): string {
  const text = money.toDecimal()
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
