import type { Fees } from '#chain/rpc/chain_rpc'
import { affordable, priceOf, type GasPrice } from '#chain/sender/gas_price'

/** What the next step of an operation depends on, as the chain has it now. */
export interface Facts {
  fees: Fees
  /** Highest price of gas that is allowed, wei. */
  cap: bigint
  /** Of the wallet that acts, wei. */
  balance: bigint
  /** Minor units of USDT: what the contract may take by now, and what it will. */
  allowance: bigint
  needed: bigint
  /** Units of gas: of an approval, and of the call itself. */
  approveGas: bigint
  actGas: bigint
}

export type Step = 'reset' | 'approve' | 'act'

export type Plan =
  | { do: 'send'; step: Step; price: GasPrice }
  /** Wei that the wallet lacks. */
  | { do: 'topup'; value: bigint }
  | { do: 'wait'; reason: 'gas_price' }

/** Those that are left, in their order. USDT changes an allowance from or to zero only. */
export function stepsLeft({ allowance, needed }: Pick<Facts, 'allowance' | 'needed'>): Step[] {
  if (allowance >= needed) return ['act']
  return allowance === 0n ? ['approve', 'act'] : ['reset', 'approve', 'act']
}

/** The next thing to do. A wallet is funded for all that is left at once. */
export function nextStep(facts: Facts): Plan {
  const price = priceOf(facts.fees, facts.cap)
  if (!price) return { do: 'wait', reason: 'gas_price' }
  const steps = stepsLeft(facts)
  const gas = BigInt(steps.length - 1) * facts.approveGas + facts.actGas
  const offer = affordable(facts.fees, facts.cap, gas, facts.balance)
  if (!offer) return { do: 'topup', value: gas * price.maxFee - facts.balance }
  return { do: 'send', step: steps[0], price: offer }
}
