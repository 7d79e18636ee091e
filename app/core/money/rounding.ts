/** How an integer division that leaves a remainder ends. */
export type Rounding = 'down' | 'up' | 'halfUp'

/**
 * Integer division with the rounding named. `down` and `up` mean towards and away from zero, `halfUp` rounds a
 * half away from zero.
 *
 * @throws RangeError when the divisor is not positive.
 */
export function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (divisor <= 0n) throw new RangeError('A divisor must be positive')
  const quotient = dividend / divisor
  const remainder = dividend % divisor
  if (remainder === 0n || rounding === 'down') return quotient
  const awayFromZero = dividend < 0n ? quotient - 1n : quotient + 1n
  if (rounding === 'up') return awayFromZero
  const twice = 2n * (remainder < 0n ? -remainder : remainder)
  return twice >= divisor ? awayFromZero : quotient
}
