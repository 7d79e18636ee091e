import { bigOf, bytesOf, hashOf, keyOf, listOf, numberOf, objectOf, optionally } from '#chain/rpc/read_answer'

/** Header of a block. Hashes and addresses are in lower case throughout. */
export interface ChainBlock {
  number: number
  hash: string
  parentHash: string
  /** Its own time, epoch milliseconds. */
  minedAt: number
}

/** What a contract said in a transaction. */
export interface ChainLog {
  address: string
  topics: string[]
  data: string
  blockNumber: number
  blockHash: string
  txHash: string
  /** Place in its block. */
  logIndex: number
}

export interface ChainReceipt {
  hash: string
  blockNumber: number
  blockHash: string
  from: string
  /** Null: it made a contract. */
  to: string | null
  hasSucceeded: boolean
  gasUsed: bigint
  /** Wei per unit of gas, as it was charged. */
  gasPrice: bigint
  logs: ChainLog[]
}

export interface ChainTransaction {
  hash: string
  from: string
  to: string | null
  nonce: number
  /** Null while it waits. */
  blockNumber: number | null
  blockHash: string | null
}

export function blockOf(answer: unknown): ChainBlock {
  const block = objectOf(answer)
  return {
    number: numberOf(block.number),
    hash: hashOf(block.hash),
    parentHash: hashOf(block.parentHash),
    minedAt: numberOf(block.timestamp) * 1000,
  }
}

export function logOf(answer: unknown): ChainLog {
  const log = objectOf(answer)
  return {
    address: keyOf(log.address),
    topics: listOf(log.topics).map(hashOf),
    data: bytesOf(log.data),
    blockNumber: numberOf(log.blockNumber),
    blockHash: hashOf(log.blockHash),
    txHash: hashOf(log.transactionHash),
    logIndex: numberOf(log.logIndex),
  }
}

export function receiptOf(answer: unknown): ChainReceipt {
  const receipt = objectOf(answer)
  return {
    hash: hashOf(receipt.transactionHash),
    blockNumber: numberOf(receipt.blockNumber),
    blockHash: hashOf(receipt.blockHash),
    from: keyOf(receipt.from),
    to: optionally(keyOf)(receipt.to),
    hasSucceeded: numberOf(receipt.status) === 1,
    gasUsed: bigOf(receipt.gasUsed),
    gasPrice: bigOf(receipt.effectiveGasPrice),
    logs: listOf(receipt.logs).map(logOf),
  }
}

export function transactionOf(answer: unknown): ChainTransaction {
  const transaction = objectOf(answer)
  return {
    hash: hashOf(transaction.hash),
    from: keyOf(transaction.from),
    to: optionally(keyOf)(transaction.to),
    nonce: numberOf(transaction.nonce),
    blockNumber: optionally(numberOf)(transaction.blockNumber),
    blockHash: optionally(hashOf)(transaction.blockHash),
  }
}
