import { CurrencyMismatch } from '#core/money/money'
import type { AccountRef } from '#ledger/accounts'
import type { Posting } from '#ledger/transfer_input'

/** What one transfer does to one account, in minor units. */
export interface Movement {
  account: AccountRef
  amount: bigint
}

/**
 * Nets postings to one movement an account: sums to zero in each currency by construction.
 *
 * @throws RangeError when nothing moves, or an amount is not above zero; CurrencyMismatch when currencies mix.
 */
export function movementsOf(postings: readonly Posting[]): Movement[] {
  const byCode = new Map<string, Movement>()
  const move = (account: AccountRef, amount: bigint) => {
    const movement = byCode.get(account.code)
    if (movement) movement.amount += amount
    else byCode.set(account.code, { account, amount })
  }
  for (const { from, to, amount } of postings) {
    if (amount.minor <= 0n) throw new RangeError(`A posting moves more than zero, not ${amount}`)
    if (from.currency !== amount.currency || to.currency !== amount.currency) {
      throw new CurrencyMismatch(`${amount} can't move from ${from.code} to ${to.code}`)
    }
    move(from, -amount.minor)
    move(to, amount.minor)
  }
  const movements = [...byCode.values()].filter(({ amount }) => amount !== 0n)
  if (movements.length === 0) throw new RangeError('A transfer moves something')
  return movements
}
