import type { SettledBet } from '#markets/bettors/settled_bet'

/** What settled bets change about one customer: counts and sums to add, and what they do to the run of wins. */
export interface BettorChange {
  customerId: number
  bets: number
  exposure: bigint
  wins: number
  losses: number
  refunds: number
  volume: bigint
  returned: bigint
  /** Wins before the first loss, after the last one, and the longest run of them; all of them where none was lost. */
  head: number
  tail: number
  longest: number
}

/** One change a customer, in the order of their ids; bets of one customer count in the order given. */
export function changesOf(bets: readonly SettledBet[], locksOdds: boolean): BettorChange[] {
  const changes = new Map<number, BettorChange>()
  for (const bet of bets) {
    const change = changes.get(bet.customerId) ?? unchanged(bet.customerId)
    changes.set(bet.customerId, change)
    add(change, bet, locksOdds)
  }
  return [...changes.values()].sort((one, other) => one.customerId - other.customerId)
}

function add(change: BettorChange, { status, stake, potential, payout }: SettledBet, locksOdds: boolean) {
  change.bets += 1
  if (locksOdds) change.exposure += potential - stake
  if (status === 'refunded') {
    change.refunds += 1
    return
  }
  change.volume += stake
  change.returned += payout
  if (status === 'won') {
    change.wins += 1
    change.tail += 1
    if (change.losses === 0) change.head += 1
    change.longest = Math.max(change.longest, change.tail)
  } else {
    change.losses += 1
    change.tail = 0
  }
}

const unchanged = (customerId: number): BettorChange => ({
  ...{ customerId, bets: 0, exposure: 0n, wins: 0, losses: 0, refunds: 0, volume: 0n, returned: 0n },
  ...{ head: 0, tail: 0, longest: 0 },
})
