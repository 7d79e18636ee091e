import { type Money } from '#core/money/money'
import type { AccountRef } from '#ledger/accounts'
import type { Posting } from '#ledger/transfer_input'

export interface Side {
  account: AccountRef
  /** What the transfer did to it. */
  amount: Money
}

/** Postings that undo what a transfer did: who received gives back to who gave, in each currency. */
export function reversalPostings(sides: readonly Side[]): Posting[] {
  const receivers = sides.filter(({ amount }) => amount.minor > 0n).map((side) => ({ ...side }))
  const postings: Posting[] = []
  for (const giver of sides.filter(({ amount }) => amount.isNegative)) {
    let open = giver.amount.negate()
    for (const receiver of receivers) {
      if (open.isZero || receiver.amount.isZero || receiver.amount.currency !== open.currency) continue
      const amount = receiver.amount.compare(open) < 0 ? receiver.amount : open
      postings.push({ from: receiver.account, to: giver.account, amount })
      receiver.amount = receiver.amount.subtract(amount)
      open = open.subtract(amount)
    }
  }
  return postings
}
