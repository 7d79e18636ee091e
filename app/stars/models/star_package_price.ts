import { StarPackagePriceSchema } from '#database/schema'
import type { PriceCurrency } from '#stars/values'

/** One line of a package's price history. Append-only. */
export default class StarPackagePrice extends StarPackagePriceSchema {
  static table = 'star_package_prices'

  declare currency: PriceCurrency
}
