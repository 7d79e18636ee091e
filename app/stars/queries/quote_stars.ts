import { inject } from '@adonisjs/core'
import { Pricing, type QuoteInput } from '#stars/pricing/pricing'
import { StarRates } from '#stars/pricing/star_rates'

/**
 * What Stars cost now, for a screen. Refuses with `stars_off`, `balance_purchases_off`, `package_not_found`,
 * `package_not_offered`, `stars_out_of_range {min, max}` or `price_unavailable {currency}`.
 */
@inject()
export class QuoteStars {
  constructor(
    private pricing: Pricing,
    private rates: StarRates
  ) {}

  async run(input: QuoteInput) {
    return this.pricing.quote(
      input,
      await this.rates.to(input.payWith === 'balance' ? 'TON' : (input.currency ?? 'TON'))
    )
  }
}
