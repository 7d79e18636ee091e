import { ControlError } from '#sandbox/errors'
import type { DecodedLog } from '#sandbox/evm/contracts/calls'
import { checkedAddress, type LocalChain } from '#sandbox/evm/local_chain'
import type { Receipt } from '#sandbox/evm/transactions'

interface RpcTransaction {
  hash: string
  from: string
  to: string | null
  nonce: string
  value: string
  input: string
  blockNumber: string | null
}

export interface FoundTransaction {
  transaction: RpcTransaction
  /** null while it waits to be mined */
  receipt: Receipt | null
  logs: DecodedLog[]
  /** `transfer(0x..., 5000000)`, where it calls one of our contracts */
  call: string | null
}

/** @throws ControlError for one that the chain does not know, or no longer does */
export async function findTransaction({ anvil, calls }: LocalChain, hash: string): Promise<FoundTransaction> {
  const transaction = /^0x[0-9a-fA-F]{64}$/.test(hash)
    ? await anvil.rpc.call<RpcTransaction | null>('eth_getTransactionByHash', [hash])
    : null
  if (!transaction) throw new ControlError(404, `The chain knows no transaction ${hash}.`)
  const receipt = await anvil.rpc.call<Receipt | null>('eth_getTransactionReceipt', [hash])
  return {
    transaction,
    receipt,
    logs: receipt ? calls.decode(receipt.logs) : [],
    call: calls.describe(transaction.to, transaction.input),
  }
}

export interface FoundAddress {
  address: string
  wei: bigint
  usdt: bigint
  nonce: number
  isContract: boolean
  /** USDT to and from it, newest first. */
  transfers: { hash: string; block: number; from: string; to: string; amount: bigint }[]
}

const SHOWN = 50

/** @throws ControlError for what is no address */
export async function findAddress({ anvil, calls }: LocalChain, text: string): Promise<FoundAddress> {
  const address = await checkedAddress(text)
  const [wei, nonce, code] = await Promise.all([
    anvil.rpc.call<string>('eth_getBalance', [address, 'latest']),
    anvil.rpc.call<string>('eth_getTransactionCount', [address, 'latest']),
    anvil.rpc.call<string>('eth_getCode', [address, 'latest']),
  ])
  const topic = `0x${address.slice(2).toLowerCase().padStart(64, '0')}`
  const logs = [
    ...(await calls.logs('usdt', 'Transfer', [topic])),
    ...(await calls.logs('usdt', 'Transfer', [null, topic])),
  ].sort((a, b) => b.block - a.block)
  return {
    address,
    wei: BigInt(wei),
    usdt: await calls.read<bigint>('usdt', 'balanceOf', [address]),
    nonce: Number(nonce),
    isContract: code !== '0x',
    transfers: logs.slice(0, SHOWN).map(({ hash, block, args }) => ({
      hash,
      block,
      from: String(args.from),
      to: String(args.to),
      amount: args.value as bigint,
    })),
  }
}
