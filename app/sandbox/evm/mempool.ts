import type { Transaction } from 'ethers'
import { loadEthers } from '#sandbox/evm/ethers'

/** A node's pending transactions, by sender and nonce. */
interface Pool {
  pending: Record<string, Record<string, PooledTransaction>>
}

interface PooledTransaction {
  hash: string
  maxFeePerGas?: string
  maxPriorityFeePerGas?: string
  gasPrice?: string
}

/** Geth's default: a replacement offers at least so many percent more, in both of its fees. */
const PRICE_BUMP = 10n

/**
 * Why geth would refuse a signed transaction where anvil takes it: in the place of another one of its sender it must
 * offer more. Null where anvil's own answer does.
 */
export async function replacementRefusal(raw: string, pool: () => Promise<Pool>): Promise<string | null> {
  const sent = await parsed(raw)
  if (!sent) return null
  const { pending } = await pool()
  const sender = Object.keys(pending).find((address) => address.toLowerCase() === sent.from?.toLowerCase())
  const present = sender && pending[sender]![String(sent.nonce)]
  if (!present || present.hash === sent.hash) return null
  const isEnough = (offered: bigint | null, before: string | undefined) =>
    (offered ?? 0n) * 100n >= BigInt(before ?? '0x0') * (100n + PRICE_BUMP)
  const dearer =
    isEnough(sent.maxFeePerGas ?? sent.gasPrice, present.maxFeePerGas ?? present.gasPrice) &&
    isEnough(sent.maxPriorityFeePerGas ?? sent.gasPrice, present.maxPriorityFeePerGas ?? present.gasPrice)
  return dearer ? null : 'replacement transaction underpriced'
}

async function parsed(raw: string): Promise<Transaction | null> {
  const { Transaction: Signed } = await loadEthers()
  try {
    return Signed.from(raw)
  } catch {
    return null
  }
}
