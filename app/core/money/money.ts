import { type Currency, CURRENCIES } from '#core/money/currency'
import { divide, type Rounding } from '#core/money/rounding'

/** Largest amount either database keeps exactly, in minor units: 2^53-1. */
export const MAX_MINOR = BigInt(Number.MAX_SAFE_INTEGER)

/** An amount as JSON carries it: every place of the currency. */
export interface AmountJson {
  amount: string
  currency: Currency
}

export class CurrencyMismatch extends Error {}

/** An exact amount of one currency, in minor units. Never a float; never mixes currencies. */
export class Money {
  private constructor(
    readonly minor: bigint,
    readonly currency: Currency
  ) {}

  /** @throws RangeError beyond 2^53-1 minor units, which SQLite's driver could not return exactly. */
  static of(minor: bigint, currency: Currency): Money {
    if (minor > MAX_MINOR || minor < -MAX_MINOR) throw new RangeError(`Amount ${minor} ${currency} is beyond 2^53-1`)
    return new Money(minor, currency)
  }

  static zero(currency: Currency): Money {
    return new Money(0n, currency)
  }

  add(other: Money): Money {
    return Money.of(this.minor + this.#sameCurrency(other).minor, this.currency)
  }

  subtract(other: Money): Money {
    return Money.of(this.minor - this.#sameCurrency(other).minor, this.currency)
  }

  negate(): Money {
    return new Money(-this.minor, this.currency)
  }

  /** This amount times `numerator / denominator`, in integer arithmetic. */
  times(numerator: bigint, denominator: bigint, rounding: Rounding): Money {
    return Money.of(divide(this.minor * numerator, denominator, rounding), this.currency)
  }

  /**
   * Splits the amount in proportion to weights, losing nothing: the units that rounding leaves go one each to the
   * first shares with a weight.
   *
   * @throws RangeError when no weight is positive or one is negative.
   */
  allocate(weights: readonly bigint[]): Money[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0n)
    if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('Weights must be positive')
    const shares = weights.map((weight) => (this.minor * weight) / total)
    let rest = this.minor - shares.reduce((sum, share) => sum + share, 0n)
    const unit = rest < 0n ? -1n : 1n
    for (let i = 0; rest !== 0n; i = (i + 1) % shares.length) {
      if (weights[i] === 0n) continue
      shares[i] += unit
      rest -= unit
    }
    return shares.map((share) => Money.of(share, this.currency))
  }

  compare(other: Money): -1 | 0 | 1 {
    const { minor } = this.#sameCurrency(other)
    return this.minor < minor ? -1 : this.minor > minor ? 1 : 0
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.minor === other.minor
  }

  get isZero() {
    return this.minor === 0n
  }

  get isNegative() {
    return this.minor < 0n
  }

  /** Plain decimal with every place of the currency, as programs read it: `-12.500000`. */
  toDecimal(): string {
    const places = CURRENCIES[this.currency]
    const digits = (this.minor < 0n ? -this.minor : this.minor).toString().padStart(places + 1, '0')
    const whole = digits.slice(0, digits.length - places)
    const sign = this.minor < 0n ? '-' : ''
    return places ? `${sign}${whole}.${digits.slice(-places)}` : `${sign}${whole}`
  }

  toString(): string {
    return `${this.toDecimal()} ${this.currency}`
  }

  toJSON(): AmountJson {
    return { amount: this.toDecimal(), currency: this.currency }
  }

  #sameCurrency(other: Money): Money {
    if (other.currency !== this.currency)
      throw new CurrencyMismatch(`${this.currency} and ${other.currency} do not mix`)
    return other
  }
}
