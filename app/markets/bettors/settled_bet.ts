/** A bet as its settlement leaves it; amounts in minor units of PRED. */
export interface SettledBet {
  betId: number
  customerId: number
  status: 'won' | 'lost' | 'refunded'
  stake: bigint
  /** What it promised, stake included. */
  potential: bigint
  /** What came back, stake included. */
  payout: bigint
}
