/** linked: the payment's message was handed out; paid: it has arrived; done: the Stars are with the recipient. */
export type PurchaseState = 'created' | 'linked' | 'paid' | 'done'

export interface StarsPurchase {
  id: string
  customerId: number
  username: string
  quantity: number
  /** nanoton */
  amount: bigint
  state: PurchaseState
  createdAt: number
  /** raw address of the wallet that is to pay */
  from?: string
  /** base64 without padding, as in getBuyStarsLink */
  payload?: string
  /** hash of the payload's cell, in hex */
  payloadHash?: string
  paidAt?: number
  doneAt?: number
}

/** Coins that came to Fragment's wallet and fit no purchase. */
export interface StrayPayment {
  from: string
  amount: bigint
  at: number
  reason: string
}
