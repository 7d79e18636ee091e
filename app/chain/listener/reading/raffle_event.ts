import type { RaffleContract } from '#chain/contracts/raffle'
import type { FollowedEvent } from '#chain/listener/followed_event'
import type { ChainLog } from '#chain/rpc/chain_facts'
import { MAX_MINOR } from '#core/money/money'

export const RAFFLE_EVENTS = ['RaffleEnter', 'RequestedRaffleWinner', 'WinnerPicked'] as const
type RaffleEventName = (typeof RAFFLE_EVENTS)[number]

type Content = Pick<FollowedEvent, 'toKey' | 'amount' | 'args'>

/** Somebody else's contract may call its arguments otherwise: they are known by their places. */
const CONTENTS: Record<RaffleEventName, (args: readonly any[]) => Content> = {
  RaffleEnter: ([player]) => ({ toKey: player.toLowerCase(), amount: null, args: { player } }),
  RequestedRaffleWinner: ([requestId]) => ({ toKey: null, amount: null, args: { requestId: String(requestId) } }),
  WinnerPicked: ([winner, prize]) => ({
    toKey: winner.toLowerCase(),
    amount: prize <= MAX_MINOR ? prize : null,
    args: { winner, prizeAmount: String(prize) },
  }),
}

/** Null when it is nothing that a raffle must say. */
export async function raffleEventOf(raffle: RaffleContract, log: ChainLog): Promise<FollowedEvent | null> {
  const event = await raffle.decode(log)
  const contentOf = event && CONTENTS[event.name as RaffleEventName]
  if (!contentOf) return null
  return {
    name: event.name as RaffleEventName,
    blockNumber: log.blockNumber,
    blockHash: log.blockHash,
    logIndex: log.logIndex,
    txHash: log.txHash,
    contractKey: log.address,
    fromKey: null,
    ...contentOf([...event.args]),
  }
}
