import type { Currency } from '#core/money/currency'
import { minorUnits } from '#core/money/currency'
import { Money } from '#core/money/money'
import { divide, type Rounding } from '#core/money/rounding'
import { parseDecimal } from '#payments/money/decimal'

/** An exact quotient of whole numbers. */
export interface Ratio {
  numerator: bigint
  denominator: bigint
}

/** A rate as text: quote units for one base unit. Null when it is no decimal above zero. */
export function ratioOf(rate: string): Ratio | null {
  const decimal = parseDecimal(rate)
  return decimal && decimal.digits > 0n
    ? { numerator: decimal.digits, denominator: 10n ** BigInt(decimal.scale) }
    : null
}

export const inverse = ({ numerator, denominator }: Ratio): Ratio => ({
  numerator: denominator,
  denominator: numerator,
})

export const product = (one: Ratio, other: Ratio): Ratio => ({
  numerator: one.numerator * other.numerator,
  denominator: one.denominator * other.denominator,
})

/** An amount of one currency in another one, at `rate` units for one unit. @throws RangeError beyond 2^53-1. */
export function exchange(money: Money, to: Currency, rate: Ratio, rounding: Rounding): Money {
  const numerator = money.minor * rate.numerator * minorUnits(to)
  return Money.of(divide(numerator, rate.denominator * minorUnits(money.currency), rounding), to)
}
