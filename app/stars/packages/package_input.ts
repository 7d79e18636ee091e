import type { Money } from '#core/money/money'
import { refuse } from '#core/result'
import { isPriceCurrency, PACKAGE_MAX, type PriceCurrency } from '#stars/values'

/** What an admin says of a package beside its prices. */
export interface PackageFields {
  stars: number
  bonus: number
  isActive: boolean
  availableFrom: number | null
  availableUntil: number | null
}

/** Refuses with `stars_out_of_range`, `bonus_out_of_range` or `period_reversed`. */
export function faultOfPackage({ stars, bonus, availableFrom, availableUntil }: PackageFields) {
  if (!isWhole(stars, 1, PACKAGE_MAX)) return refuse('stars_out_of_range', { min: 1, max: PACKAGE_MAX })
  if (!isWhole(bonus, 0, PACKAGE_MAX - stars)) return refuse('bonus_out_of_range', { max: PACKAGE_MAX - stars })
  if (availableFrom !== null && availableUntil !== null && availableFrom >= availableUntil) {
    return refuse('period_reversed')
  }
  return null
}

/** Refuses with `currency_not_priced`, `ton_price_required`, `price_currency_differs` or `price_not_positive`. */
export function faultOfPrice(currency: string, price: Money | null) {
  if (!isPriceCurrency(currency)) return refuse('currency_not_priced', { currency })
  if (!price) return currency === 'TON' ? refuse('ton_price_required') : null
  if (price.currency !== currency) return refuse('price_currency_differs', { currency })
  return price.minor > 0n ? null : refuse('price_not_positive')
}

export const pricesOf = (prices: Partial<Record<PriceCurrency, Money>>) =>
  Object.entries(prices).filter((entry): entry is [PriceCurrency, Money] => entry[1] !== undefined)

const isWhole = (value: number, min: number, max: number) => Number.isSafeInteger(value) && value >= min && value <= max
