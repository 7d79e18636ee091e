import type { Ethers } from '#chain/ethers'

/** A transaction of EIP-1559 as it is to be signed. */
export interface UnsignedTx {
  to: string
  /** ABI-encoded call; `0x` for plain ether. */
  data: string
  /** Wei. */
  value: bigint
  nonce: number
  gasLimit: bigint
  /** Wei per unit of gas, the tip included. */
  maxFee: bigint
  maxPriorityFee: bigint
}

export interface SignedTx {
  hash: string
  raw: string
}

/** Signs for one account as long as its key is lent. */
export interface Signer {
  address: string
  sign(tx: UnsignedTx): SignedTx
}

const EIP_1559 = 2

export function signTx({ Transaction }: Ethers, key: { sign: any }, chainId: number, tx: UnsignedTx): SignedTx {
  const { maxFee: maxFeePerGas, maxPriorityFee: maxPriorityFeePerGas, ...rest } = tx
  const transaction = Transaction.from({ type: EIP_1559, chainId, maxFeePerGas, maxPriorityFeePerGas, ...rest })
  transaction.signature = key.sign(transaction.unsignedHash)
  return { hash: transaction.hash!, raw: transaction.serialized }
}
