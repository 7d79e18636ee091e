import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import { refuse } from '#core/result'
import { isCustomerFunds } from '#ledger/accounts'
import type { Movement } from '#ledger/posting/movements'

/** Why an account can't take its movement; `available` is what it holds, in minor units. */
export function refusalOf(movements: readonly Movement[], code: string, available: bigint) {
  const { account, amount } = movements.find((movement) => movement.account.code === code)!
  if (!isCustomerFunds(account.kind) || amount > 0n) return refuse('balance_limit', { currency: account.currency })
  return insufficientFunds(Money.of(available, account.currency), Money.of(-amount, account.currency))
}

/** Amounts are words for people: `12.50 TON`. */
export const insufficientFunds = (available: Money, needed: Money) =>
  refuse('insufficient_funds', {
    currency: needed.currency,
    available: formatMoney(available),
    needed: formatMoney(needed),
  })
