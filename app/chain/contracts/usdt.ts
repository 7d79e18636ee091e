import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import type { ChainLog } from '#chain/rpc/chain_facts'
import { ChainRpc, type At } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'

export interface UsdtTransfer {
  /** In lower case. */
  from: string
  to: string
  /** Minor units. */
  amount: bigint
}

/** Of the ERC-20 standard (https://eips.ethereum.org/EIPS/eip-20). */
const BALANCE_OF = '0x70a08231'
const ALLOWANCE = '0xdd62ed3e'
export const TRANSFER = '0xa9059cbb'
export const APPROVE = '0x095ea7b3'
/** Of Tether's own contract. */
const PAUSED = '0x5c975abb'
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/**
 * USDT as it is on the main network: `transfer` and `approve` return nothing, and an allowance changes only from or to
 * zero. So few calls of plain words are encoded here by hand; it loads nothing.
 */
@inject()
export class Usdt {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc
  ) {}

  get address() {
    return this.chain.required.usdt
  }

  async balance(owner: string, at: At = 'latest'): Promise<bigint> {
    return BigInt(await this.rpc.call({ to: this.address, data: BALANCE_OF + word(owner) }, at))
  }

  async allowance(owner: string, spender: string, at: At = 'latest'): Promise<bigint> {
    return BigInt(await this.rpc.call({ to: this.address, data: ALLOWANCE + word(owner) + word(spender) }, at))
  }

  /** Nothing moves while it is; a token that can't be paused never is. */
  async isPaused(at: At = 'latest'): Promise<boolean> {
    try {
      return BigInt(await this.rpc.call({ to: this.address, data: PAUSED }, at)) === 1n
    } catch (error) {
      if (error instanceof CallReverted) return false
      throw error
    }
  }

  transferData(to: string, amount: bigint) {
    return TRANSFER + word(to) + word(amount)
  }

  approveData(spender: string, amount: bigint) {
    return APPROVE + word(spender) + word(amount)
  }

  /** Null when it is no transfer of USDT. */
  decode(log: Pick<ChainLog, 'address' | 'topics' | 'data'>): UsdtTransfer | null {
    const { topics, data } = log
    const isTransfer = topics[0] === TRANSFER_TOPIC && topics.length === 3 && data.length === 66
    if (!isTransfer || log.address !== this.address.toLowerCase()) return null
    return { from: addressIn(topics[1]), to: addressIn(topics[2]), amount: BigInt(data) }
  }
}

const word = (value: string | bigint) => BigInt(value).toString(16).padStart(64, '0')

/** As a topic carries it: the last 20 bytes of 32. */
const addressIn = (topic: string) => `0x${topic.slice(26)}`

/** An address as a topic to look for. */
export const addressTopic = (address: string) => `0x${word(address)}`
