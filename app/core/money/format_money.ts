import { CURRENCIES } from '#core/money/currency'
import type { Money } from '#core/money/money'

const GROUP = '\u00A0'

/**
 * An amount for people: groups by no-break spaces, at least two decimals where the currency has them, no
 * meaningless zeros beyond: `12 480.00 PRED`, `0.125 TON`, `2 150 STARS`.
 */
export function formatMoney(money: Money, options: { currency?: boolean } = {}): string {
  const [whole, fraction = ''] = money.toDecimal().split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, GROUP)
  const shortest = fraction.replace(/0+$/, '').padEnd(Math.min(2, CURRENCIES[money.currency]), '0')
  const number = shortest ? `${grouped}.${shortest}` : grouped
  return options.currency === false ? number : `${number}${GROUP}${money.currency}`
}
