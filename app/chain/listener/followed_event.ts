import type { EventName } from '#chain/values'

/** A log of the contracts that concerns us, as it will be a row of `chain_events`. */
export interface FollowedEvent {
  name: EventName
  blockNumber: number
  blockHash: string
  logIndex: number
  txHash: string
  contractKey: string
  fromKey: string | null
  toKey: string | null
  /** Minor units of USDT; null when there is none, or more than there can be. */
  amount: bigint | null
  args: Record<string, string>
}

/** What names a log for good: a block's hash and its place there. */
export const placeOf = ({ blockHash, logIndex }: { blockHash: string; logIndex: number }) => `${blockHash}:${logIndex}`
