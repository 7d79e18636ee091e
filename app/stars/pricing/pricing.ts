import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { ok, refuse } from '#core/result'
import StarPackage from '#stars/models/star_package'
import { pricesAt, type PackagePrices } from '#stars/packages/prices'
import { fullPriceOf, quoteOf, type StarsChoice } from '#stars/pricing/quote'
import type { TonRate } from '#stars/pricing/star_rates'
import { readTerms, type ShopTerms } from '#stars/pricing/terms'
import type { PayWith, PriceCurrency } from '#stars/values'

export interface QuoteInput {
  choice: StarsChoice
  payWith: PayWith
  /** Of an invoice; the balance pays in TON. */
  currency?: PriceCurrency
}

interface Offer {
  packageId: number | null
  stars: number
  bonus: number
  /** What an admin set for it, by currency; nothing for an amount of the customer's own. */
  prices: PackagePrices
}

/**
 * What Stars cost. A package bought by invoice has its own price and its bonus; from the balance the price is
 * Stars x base price, and the bonus is given only if the operator switched it on there. A price in a currency for
 * which none is set is converted from TON and rounded up to the minor unit, so that nothing is sold below it.
 */
@inject()
export class Pricing {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  /**
   * With `trx`, everything that money depends on is read in it, but for the exchange rate. Refuses with `stars_off`, `balance_purchases_off`,
   * `package_not_found`, `package_not_offered`, `stars_out_of_range` or `price_unavailable`.
   */
  async quote({ choice, payWith }: QuoteInput, rate: TonRate, trx?: Trx) {
    const terms = await readTerms(this.settings, trx)
    if (!terms.enabled) return refuse('stars_off')
    if (payWith === 'balance' && !terms.balancePurchases) return refuse('balance_purchases_off')
    const found = 'packageId' in choice ? await this.#package(choice.packageId, trx) : ownAmount(choice.stars, terms)
    if (!found.ok) return found

    const offer = payWith === 'balance' ? fromBalance(found.value, terms) : found.value
    const full = fullPriceOf(offer.stars, terms.base)
    const price = offer.prices.get(rate.currency) ?? rate.convert(offer.prices.get('TON') ?? full)
    const fullPrice = rate.convert(full) ?? price
    if (!price || !fullPrice || price.isZero) return refuse('price_unavailable', { currency: rate.currency })
    return ok(quoteOf({ ...offer, payWith, price, fullPrice }, terms))
  }

  async #package(packageId: number, trx?: Trx) {
    const found = Number.isSafeInteger(packageId) ? await StarPackage.find(packageId, { client: trx }) : null
    if (!found || found.isArchived) return refuse('package_not_found')
    const now = this.clock.now()
    if (!found.isOfferedAt(now)) return refuse('package_not_offered')
    const prices = await pricesAt(now, [found.id], trx)
    return ok<Offer>({ packageId: found.id, stars: found.stars, bonus: found.bonus, prices: prices.get(found.id)! })
  }
}

function ownAmount(stars: number, { ownMinimum, ownMaximum }: ShopTerms) {
  if (!Number.isSafeInteger(stars) || stars < ownMinimum || stars > ownMaximum) {
    return refuse('stars_out_of_range', { min: ownMinimum, max: ownMaximum })
  }
  return ok<Offer>({ packageId: null, stars, bonus: 0, prices: new Map<PriceCurrency, Money>() })
}

/** Saving and bonus belong to invoices. */
function fromBalance(offer: Offer, { bonusFromBalance }: ShopTerms): Offer {
  return { ...offer, bonus: bonusFromBalance ? offer.bonus : 0, prices: new Map() }
}
