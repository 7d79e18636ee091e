import type { Fees } from '#chain/rpc/chain_rpc'

/** What a transaction offers. Wei per unit of gas; the tip is part of the highest fee. */
export interface GasPrice {
  maxFee: bigint
  tip: bigint
}

/** A new offer for the same nonce must be higher by a tenth on both fees (geth), by an eighth where nodes are strict. */
const RAISE = { by: 9n, from: 8n }

/** Gets into the next block, whose base fee is higher by an eighth at most (EIP-1559). */
export const leastFee = ({ baseFee, tip }: Fees) => raised(baseFee) + tip

/** Whether an offer that was made earlier still gets into the next block: none of its fees is below today's. */
export const isEnough = ({ maxFee, tip }: GasPrice, fees: Fees) => maxFee >= leastFee(fees) && tip >= fees.tip

/** Outlasts six full blocks in a row. Null: the cap is too low for the next block. */
export function priceOf(fees: Fees, cap: bigint): GasPrice | null {
  if (leastFee(fees) > cap) return null
  return { maxFee: lower(2n * fees.baseFee + fees.tip, cap), tip: fees.tip }
}

/**
 * What the balance pays for: today's price, or as much less as still gets into the next block, so that a base fee that
 * rose a little since the top-up doesn't cause another one. Null: it is short.
 */
export function affordable(fees: Fees, cap: bigint, gas: bigint, balance: bigint): GasPrice | null {
  const price = priceOf(fees, cap)
  if (!price) return null
  const maxFee = lower(price.maxFee, balance / gas)
  return maxFee < leastFee(fees) ? null : { maxFee, tip: price.tip }
}

/** An offer that takes the place of the last one, at today's price or above. Null: the cap leaves nothing of use. */
export function replacementOf(last: GasPrice, fees: Fees, cap: bigint): GasPrice | null {
  const present = priceOf(fees, cap)
  const least = { maxFee: raised(last.maxFee), tip: raised(last.tip) }
  if (!present || least.maxFee > cap) return null
  const maxFee = higher(least.maxFee, present.maxFee)
  return { maxFee, tip: lower(higher(least.tip, present.tip), maxFee) }
}

/** Rounded up. */
const raised = (fee: bigint) => (fee * RAISE.by + RAISE.from - 1n) / RAISE.from
const lower = (a: bigint, b: bigint) => (a < b ? a : b)
const higher = (a: bigint, b: bigint) => (a > b ? a : b)
