/** A prize that the contract could not pay: anybody may have it sent to its winner by `claimPrize`. */
export interface UnclaimedPrize {
  /** Of the round. */
  reference: string
  round: number
  address: string
  /** USDT, as a decimal. */
  amount: string
}

/** The contract as it was found, ahead of what is confirmed. */
export interface WatchFigures {
  state: 'open' | 'drawing'
  isPaused: boolean
  entries: number | null
  isDue: boolean
  /** Since when the round has waited for its random number; null when it does not. */
  pendingSince: number | null
  requestId: string | null
  /** LINK of the subscription that pays for randomness, as a decimal; null when the contract does not tell of it. */
  link: string | null
  isLinkLow: boolean
  /** Wei of the treasury as decimal text; null when there is none yet. */
  treasuryWei: string | null
  unclaimed: UnclaimedPrize[]
}
