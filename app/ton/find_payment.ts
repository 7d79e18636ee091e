import type TonTransfer from '#ton/models/ton_transfer'
import type { TonTransaction } from '#ton/ton_transaction'

export interface FoundPayment {
  transaction: TonTransaction
  /** The payment went out. A wallet that holds too little uses the message up without paying. */
  isPaid: boolean
}

/** The transaction that a kept message became. */
export function findPayment(
  transactions: TonTransaction[],
  { messageHash, destination, amount }: TonTransfer
): FoundPayment | null {
  const transaction = transactions.find(({ bodyHash }) => bodyHash === messageHash)
  if (!transaction) return null
  const isPaid = transaction.out.some((out) => out.destination === destination && out.value === amount)
  return { transaction, isPaid: transaction.succeeded && isPaid }
}
