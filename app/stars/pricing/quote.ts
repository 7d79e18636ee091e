import { createHash } from 'node:crypto'
import { Money } from '#core/money/money'
import type { Refusal, Refused } from '#core/result'
import { providerFor, type ShopTerms } from '#stars/pricing/terms'
import type { PayWith, ProviderName } from '#stars/values'

/** A package, or an amount of the customer's own. */
export type StarsChoice = { packageId: number } | { stars: number }

/** What a screen shows before the customer buys. */
export interface StarsQuote {
  packageId: number | null
  stars: number
  bonus: number
  /** Stars and bonus together: what the recipient gets. */
  delivered: number
  payWith: PayWith
  price: Money
  /** The Stars without the bonus at the base price, in the same currency. */
  fullPrice: Money
  /** Whole per cent below the full price, rounded down; 0 for none. */
  savingPercent: number
  /** Eight characters that differ when Stars, bonus or price do: the purchase hands them back. */
  version: string
  /** Who will deliver it as things stand. */
  provider: ProviderName
  /** What Fragment sells at least, when this is less: then a person delivers it. */
  belowMinimum: number | null
}

/** The purchase was not made: what was shown holds no more. */
export interface PriceChanged {
  code: 'price_changed'
  params?: Record<string, string | number>
  quote: StarsQuote
}

/** `quote` is what it costs now. */
export function refusePriceChanged(quote: StarsQuote): Refused<PriceChanged> {
  return { ok: false, refusal: { code: 'price_changed', quote } }
}

export const isPriceChanged = (refusal: Refusal): refusal is PriceChanged =>
  refusal.code === 'price_changed' && 'quote' in refusal

const VERSION_LENGTH = 8

type Priced = Pick<StarsQuote, 'packageId' | 'stars' | 'bonus' | 'payWith' | 'price' | 'fullPrice'>
type Delivery = Pick<ShopTerms, 'provider' | 'fragmentMinimum'>

export function quoteOf({ packageId, stars, bonus, payWith, price, fullPrice }: Priced, terms: Delivery): StarsQuote {
  const delivered = stars + bonus
  const isBelow = terms.provider === 'fragment' && delivered < terms.fragmentMinimum
  return {
    packageId,
    stars,
    bonus,
    delivered,
    payWith,
    price,
    fullPrice,
    savingPercent: savingPercentOf(price, fullPrice),
    version: versionOf({ packageId, stars, bonus, payWith, price }),
    provider: providerFor(terms, delivered),
    belowMinimum: isBelow ? terms.fragmentMinimum : null,
  }
}

/** Stars at the base price. Exact: nothing is rounded. */
export const fullPriceOf = (stars: number, base: Money) => Money.of(base.minor * BigInt(stars), base.currency)

/** Whole per cent by which `price` lies below `full`, rounded down. */
export function savingPercentOf(price: Money, full: Money): number {
  if (full.isZero || price.compare(full) >= 0) return 0
  return Number((full.subtract(price).minor * 100n) / full.minor)
}

function versionOf({ packageId, stars, bonus, payWith, price }: Omit<Priced, 'fullPrice'>): string {
  const content = JSON.stringify([packageId, stars, bonus, payWith, price.currency, String(price.minor)])
  return createHash('sha256').update(content).digest('base64url').slice(0, VERSION_LENGTH)
}
