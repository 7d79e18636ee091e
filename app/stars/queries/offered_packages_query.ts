import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import StarPackage from '#stars/models/star_package'
import { Pricing } from '#stars/pricing/pricing'
import type { StarsQuote } from '#stars/pricing/quote'
import { StarRates } from '#stars/pricing/star_rates'
import type { PayWith, PriceCurrency } from '#stars/values'

/** What is on the shelf now, in order, each at its price; what has no price in that currency is left out. */
@inject()
export class OfferedPackagesQuery {
  constructor(
    private clock: Clock,
    private pricing: Pricing,
    private rates: StarRates
  ) {}

  async run({ payWith, currency = 'TON' }: { payWith: PayWith; currency?: PriceCurrency }): Promise<StarsQuote[]> {
    const now = this.clock.now()
    const packages = await StarPackage.query().whereNull('archivedAt').orderBy('position').orderBy('id')
    const rate = await this.rates.to(payWith === 'balance' ? 'TON' : currency)
    const quotes: StarsQuote[] = []
    for (const offered of packages.filter((item) => item.isOfferedAt(now))) {
      const quoted = await this.pricing.quote({ choice: { packageId: offered.id }, payWith }, rate)
      if (quoted.ok) quotes.push(quoted.value)
    }
    return quotes
  }
}
