/** Coins on their way from one account to another. Amounts are in nanoton. */
export interface TonTransfer {
  /** raw addresses: `0:<64 hex digits>` */
  from: string
  to: string
  amount: bigint
  /** hash of the body's cell, in hex */
  bodyHash: string
  /** milliseconds since the epoch */
  at: number
}

export interface TonTransactionRecord {
  lt: string
  /** base64, as toncenter writes it */
  hash: string
  /** seconds */
  utime: number
  /** the serialised transaction, base64 */
  data: string
  fee: bigint
  inMessage: TonMessageRecord
  outMessages: TonMessageRecord[]
}

export interface TonMessageRecord {
  source: string
  destination: string
  value: bigint
  createdLt: string
  bodyHash: string
  body: string
}

export interface TonAccount {
  /** raw */
  address: string
  balance: bigint
  seqno: number
  /** once its first message has deployed it */
  wallet?: { code: string; walletId: number; publicKey: string }
  /** newest first */
  transactions: TonTransactionRecord[]
}
