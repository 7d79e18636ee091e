import type { HttpContext } from '@adonisjs/core/http'
import type { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { PRICE_CURRENCIES, type PriceCurrency } from '#stars/values'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { instantOf } from '#admin/shared/local_time'
import { refusalText } from '#admin/shared/words'

interface PostedFields {
  stars: number
  bonus: number
  /** Whatever a checked box posts. */
  isActive?: unknown
  availableFrom?: string
  availableUntil?: string
}

/** What was posted of a package, with its days read in the admin's time zone. */
export function packageFields({ stars, bonus, isActive, availableFrom, availableUntil }: PostedFields, zone: string) {
  return {
    ...{ stars, bonus, isActive: isActive !== undefined },
    availableFrom: instantOf(availableFrom ?? '', zone) ?? null,
    availableUntil: instantOf(availableUntil ?? '', zone) ?? null,
  }
}

/** The posted prices; null after an unreadable one, which the next page shows at its field. */
export function readPrices(ctx: HttpContext, posted: Partial<Record<PriceCurrency, string>>) {
  const prices: Partial<Record<PriceCurrency, Money>> = {}
  for (const currency of PRICE_CURRENCIES) {
    if (!posted[currency]) continue
    const read = parseMoney(posted[currency], currency)
    if (!read.ok) {
      flashFieldRefusal(ctx, currency, refusalText(read.refusal))
      return null
    }
    prices[currency] = read.value
  }
  return prices
}

/** At which field a refusal of the packages' actions belongs. */
const FIELDS: Record<string, string> = {
  stars_out_of_range: 'stars',
  bonus_out_of_range: 'bonus',
  period_reversed: 'availableUntil',
  past_date: 'validFrom',
}

/** Shows why an action refused: at its field where it has one, else above the page. */
export function flashPackageRefusal(ctx: HttpContext, refusal: Parameters<typeof refusalText>[0], otherwise?: string) {
  const field = FIELDS[refusal.code] ?? otherwise
  if (field) return flashFieldRefusal(ctx, field, refusalText(refusal))
  ctx.session.flashAll()
  ctx.session.flash('error', refusalText(refusal))
}
