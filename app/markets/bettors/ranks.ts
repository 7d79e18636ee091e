/** By total wins, lowest first; `from`: the wins that a rank begins with (`domains.md` section 1). */
export const RANKS = [
  { rank: 'bronze', from: 0 },
  { rank: 'silver', from: 11 },
  { rank: 'gold', from: 26 },
  { rank: 'diamond', from: 51 },
  { rank: 'grandmaster', from: 101 },
] as const
export type Rank = (typeof RANKS)[number]['rank']

export const rankOf = (wins: number): Rank => RANKS.findLast(({ from }) => wins >= from)!.rank

/** 0 for the lowest. */
export const placeOfRank = (rank: Rank) => RANKS.findIndex((each) => each.rank === rank)
