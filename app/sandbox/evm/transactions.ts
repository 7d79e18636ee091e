import { setTimeout as pause } from 'node:timers/promises'
import type { Rpc } from '#sandbox/evm/rpc'

export interface Receipt {
  status: '0x0' | '0x1'
  transactionHash: string
  blockNumber: string
  blockHash: string
  gasUsed: string
  contractAddress: string | null
  logs: { address: string; topics: string[]; data: string; logIndex: string }[]
}

const POLL_MS = 5

/** Waits until it is mined: however soon that is, a node answers a sent transaction before. @throws when it reverted. */
export async function receiptOf(rpc: Rpc, hash: string): Promise<Receipt> {
  for (;;) {
    const receipt = await rpc.call<Receipt | null>('eth_getTransactionReceipt', [hash])
    if (receipt?.status === '0x0') throw new Error(`The transaction ${hash} was reverted`)
    if (receipt) return receipt
    await pause(POLL_MS)
  }
}
