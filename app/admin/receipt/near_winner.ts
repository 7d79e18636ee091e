import type { DrawReceipt } from '#raffles/receipt/draw_receipt'

/** Beyond that a page shows the first ones and those around the winner. */
const ALL = 200
const FIRST = 20
const AROUND = 20

export interface PlacedPlayer {
  /** From 0, as the contract counts. */
  place: number
  address: string
  tx: string
  isWinner: boolean
}

/** Players as the page lists them: a gap between two places is what was left out. */
export function nearWinner({ facts, index }: Pick<DrawReceipt, 'facts' | 'index'>): PlacedPlayer[] {
  const players = (facts?.players ?? []).map(({ address, tx }, place) => {
    return { place, address, tx, isWinner: place === index }
  })
  if (players.length <= ALL) return players
  return players.filter(({ place }) => place < FIRST || (index !== null && Math.abs(place - index) <= AROUND))
}
