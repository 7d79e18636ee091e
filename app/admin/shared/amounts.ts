import { CURRENCIES } from '#core/money/currency'
import { Money } from '#core/money/money'
import { formatMoney } from '#core/money/format_money'

/** A minus as wide as a plus, so that columns line up. */
const MINUS = '\u2212'

/** An amount for a table or a fact: number and currency apart, `+` only where gain and loss are compared. */
export function amountParts(money: Money, { sign = false } = {}) {
  const plain = formatMoney(money.isNegative ? money.negate() : money, { currency: false })
  const prefix = money.isNegative ? MINUS : sign && !money.isZero ? '+' : ''
  return { number: prefix + plain, currency: money.currency, isNegative: money.isNegative, isZero: money.isZero }
}

/** USDT that was kept as a decimal, for people: `1234.500000` as `1 234.50`. */
export function shownUsdt(decimal: string): string {
  const [whole, fraction = ''] = decimal.split('.')
  return amountParts(Money.of(BigInt(whole + fraction.padEnd(CURRENCIES.USDT, '0')), 'USDT')).number
}
