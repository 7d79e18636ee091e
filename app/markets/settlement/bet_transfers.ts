import type { Actor } from '#core/contracts/audit'
import { Money } from '#core/money/money'
import { system, type AccountRef } from '#ledger/accounts'
import type { Posting, TransferInput } from '#ledger/transfer_input'
import { boughtPart } from '#markets/pricing/bought_part'
import { PURSES, type Balances } from '#markets/settlement/debts'
import type { BetRow } from '#markets/settlement/settled_rows'

export const HOUSE = system('house', 'PRED')

export const pred = (minor: bigint) => Money.of(minor, 'PRED')

/** Moves above zero only. */
const move = (from: AccountRef, to: AccountRef, amount: bigint): Posting[] =>
  amount > 0n ? [{ from, to, amount: pred(amount) }] : []

/** A win is of the sorts that the stake was of. */
export function partsOf(payout: bigint, bet: Pick<BetRow, 'stake' | 'bought'>) {
  const fromBought = boughtPart(payout, bet)
  return { granted: payout - fromBought, bought: fromBought }
}

/** Pays a win. Null when rounding left nothing to pay. */
export function payoutOf(bet: BetRow, payout: bigint, settlementId: number, debts: Balances, actor: Actor) {
  const { postings, paidOff } = give(bet, partsOf(payout, bet), debts)
  if (postings.length === 0) return null
  return { transfer: { ...settling(bet, settlementId), kind: 'bet_payout' as const, postings, actor }, paidOff }
}

/** Gives back what was staked, to the accounts it came from. */
export function refundOf(bet: BetRow, settlementId: number, debts: Balances, actor: Actor) {
  const { postings, paidOff } = give(bet, bet, debts)
  const transfer = { ...settling(bet, settlementId), kind: 'bet_refund' as const, postings, actor }
  return { transfer: { ...transfer, corrects: bet.stakeTransferId }, paidOff }
}

/** Debts of the customer first, each by points of its own sort. */
function give(bet: BetRow, parts: { granted: bigint; bought: bigint }, debts: Balances) {
  let paidOff = 0n
  const postings = PURSES.flatMap(({ name, purse, debt }) => {
    const owed = debts.payOff(debt(bet.customerId), parts[name])
    paidOff += owed
    return [...move(HOUSE, debt(bet.customerId), owed), ...move(HOUSE, purse(bet.customerId), parts[name] - owed)]
  })
  return { postings, paidOff }
}

const settling = ({ id, reference }: BetRow, settlementId: number) => ({
  key: `bet:${id}:settled:${settlementId}`,
  reference: { type: 'bet', id: reference },
})

/** What a settlement gave to a customer, by the accounts it went to. */
export interface Received {
  granted: bigint
  bought: bigint
  /** Debts that it paid off. */
  paidGranted: bigint
  paidBought: bigint
}

/**
 * Takes back what was given: debts that it paid are owed again, the rest comes from the purses as far as it is there,
 * and what has been spent is owed from now on.
 */
export function reversalOf(bet: BetRow, received: Received, settlementId: number, balances: Balances, actor: Actor) {
  const paid = { granted: received.paidGranted, bought: received.paidBought }
  let missing = 0n
  const postings = PURSES.flatMap(({ name, purse, debt }) => {
    const taken = balances.take(purse(bet.customerId), received[name])
    missing += received[name] - taken
    return [
      ...move(purse(bet.customerId), HOUSE, taken),
      ...move(debt(bet.customerId), HOUSE, paid[name] + received[name] - taken),
    ]
  })
  const transfer: TransferInput = {
    ...{ kind: 'reversal', key: `bet:${bet.id}:reversed:${settlementId}`, postings, actor },
    reference: { type: 'bet', id: bet.reference },
    corrects: bet.settlementTransferId!,
  }
  return { transfer, missing }
}
