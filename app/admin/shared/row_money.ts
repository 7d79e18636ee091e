import { isCurrency } from '#core/money/currency'
import { Money } from '#core/money/money'

/** The amount of a row read without a model; null where the row has none, or none in a currency of ours. */
export function rowMoney(amount: number | bigint | string | null, currency: string | null): Money | null {
  if (amount === null || currency === null || !isCurrency(currency)) return null
  return Money.of(BigInt(amount), currency)
}
