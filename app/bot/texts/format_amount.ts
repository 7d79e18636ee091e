import { CURRENCIES, type Currency } from '#core/money/currency'
import type { AmountJson, Money } from '#core/money/money'

const NO_BREAK_SPACE = '\u00A0'
const MINUS = '\u2212'
const SIGNS: Partial<Record<Currency, string>> = { STARS: '⭐' }

/**
 * An amount as people of that language write it: `1,000.50 TON` in English, `1 000,50 TON` in Russian and Ukrainian.
 * Whole amounts have no decimals. `signed` writes a plus too.
 */
export function formatAmount(money: Money | AmountJson, locale: string, { signed = false } = {}): string {
  const { currency } = money
  const amount = 'amount' in money ? money.amount : money.toDecimal()
  const places = CURRENCIES[currency]
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: Math.min(2, places),
    maximumFractionDigits: places,
    trailingZeroDisplay: 'stripIfInteger',
    signDisplay: signed ? 'exceptZero' : 'auto',
  })
  const number = format.format(amount as Intl.StringNumericLiteral).replace('-', MINUS)
  return `${number}${NO_BREAK_SPACE}${SIGNS[currency] ?? currency}`
}
