import type { Actor } from '#core/contracts/audit'
import { Money } from '#core/money/money'
import { system, type AccountRef } from '#ledger/accounts'
import type { Posting, TransferInput } from '#ledger/transfer_input'
import { PURSES, type Balances } from '#markets/settlement/debts'
import type { BetRow } from '#markets/settlement/settled_rows'

export const HOUSE = system('house', 'PRED')

export const pred = (minor: bigint) => Money.of(minor, 'PRED')

/** Moves above zero only. */
const move = (from: AccountRef, to: AccountRef, amount: bigint): Posting[] =>
  amount > 0n ? [{ from, to, amount: pred(amount) }] : []

/** A win keeps the share of the stake that was bought, rounded down: free points never become money. */
export function partsOf(payout: bigint, { stake, bought }: Pick<BetRow, 'stake' | 'bought'>) {
  const fromBought = (payout * bought) / stake
  return { granted: payout - fromBought, bought: fromBought }
}

/** Pays a win, debts of the customer first. Null when rounding left nothing to pay. */
export function payoutOf(bet: BetRow, payout: bigint, settlementId: number, debts: Balances, actor: Actor) {
  const parts = partsOf(payout, bet)
  let paidOff = 0n
  const postings = PURSES.flatMap(({ name, purse, debt }) => {
    const owed = debts.payOff(debt(bet.customerId), parts[name])
    paidOff += owed
    return [...move(HOUSE, debt(bet.customerId), owed), ...move(HOUSE, purse(bet.customerId), parts[name] - owed)]
  })
  if (postings.length === 0) return null
  const transfer: TransferInput = {
    ...{ kind: 'bet_payout', key: settledKey(bet, settlementId), postings, actor },
    reference: { type: 'bet', id: bet.reference },
  }
  return { transfer, paidOff }
}

/** Gives back what was staked, to the accounts it came from. */
export function refundOf(bet: BetRow, settlementId: number, actor: Actor): TransferInput {
  const postings = PURSES.flatMap(({ name, purse }) => move(HOUSE, purse(bet.customerId), bet[name]))
  return {
    ...{ kind: 'bet_refund', key: settledKey(bet, settlementId), postings, actor },
    reference: { type: 'bet', id: bet.reference },
    corrects: bet.stakeTransferId,
  }
}

const settledKey = ({ id }: BetRow, settlementId: number) => `bet:${id}:settled:${settlementId}`

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
