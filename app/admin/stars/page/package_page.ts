import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type StarPackage from '#stars/models/star_package'
import { QuoteStars } from '#stars/queries/quote_stars'
import { PRICE_CURRENCIES } from '#stars/values'
import { localTimeOf } from '#admin/shared/local_time'
import { refusalText } from '#admin/shared/words'
import { PackagesOverview } from '#admin/stars/page/packages_overview'
import { priceHistory } from '#admin/stars/page/price_history'

/** What the page of one package shows. */
@inject()
export class PackagePage {
  constructor(
    private clock: Clock,
    private overview: PackagesOverview,
    private quote: QuoteStars
  ) {}

  async of(item: StarPackage, timeZone: string) {
    const [view] = await this.overview.of([item])
    return {
      ...{ ...view, standing: view.state },
      currencies: PRICE_CURRENCIES,
      history: await priceHistory(item.id, this.clock.now()),
      offers: await this.#offers(item.id),
      from: localTimeOf(item.availableFrom, timeZone),
      until: localTimeOf(item.availableUntil, timeZone),
    }
  }

  /** What a customer would be asked for right now, each way of paying; or why they can't buy it so. */
  async #offers(packageId: number) {
    const offers = []
    for (const way of WAYS) {
      const quote = await this.quote.run({ choice: { packageId }, ...inputOf(way) })
      offers.push(quote.ok ? { way, quote: quote.value } : { way, refusal: refusalText(quote.refusal) })
    }
    return offers
  }
}

const WAYS = [...PRICE_CURRENCIES, 'balance'] as const

const inputOf = (way: (typeof WAYS)[number]) =>
  way === 'balance' ? ({ payWith: 'balance' } as const) : ({ payWith: 'invoice', currency: way } as const)
