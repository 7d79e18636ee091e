import { ExchangeRateSchema } from '#database/schema'
import type { Currency } from '#core/money/currency'

/** How many quote units one base unit is worth, as a provider or an admin said. */
export default class ExchangeRate extends ExchangeRateSchema {
  static table = 'exchange_rates'

  declare base: Currency
  declare quote: Currency
}
