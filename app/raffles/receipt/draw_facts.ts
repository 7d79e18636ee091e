/** Where something stands on the chain. */
export interface Place {
  tx: string
  block: number
  /** The block's own time, epoch milliseconds. */
  at: number
}

/** A draw as the chain alone tells it. Large numbers are decimal text, addresses as EIP-55 writes them. */
export interface DrawFacts {
  chainId: number
  contract: string
  requestId: string
  request: Place
  answer: Place & {
    /** Of the coordinator's event `RandomWordsFulfilled`; null when there is none in the transaction. */
    coordinator: string | null
    seed: string | null
    hasSucceeded: boolean | null
  }
  /** In the order in which they entered: who entered twice is there twice. */
  players: Array<{ address: string; tx: string }>
  winner: string
  /** Minor units of USDT. */
  prize: string
  /** What the contract keeps of this draw, when it tells. */
  storedWord: string | null
}
