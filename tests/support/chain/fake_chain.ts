import { createHash } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { addressTopic, TRANSFER_TOPIC } from '#chain/contracts/usdt'
import type { ChainBlock, ChainLog } from '#chain/rpc/chain_facts'
import { ChainRpc, type LogFilter } from '#chain/rpc/chain_rpc'
import { ChainUnavailable, RangeTooWide } from '#chain/rpc/rpc_errors'
import { NOWHERE } from '#tests/support/chain/bind_chain'

/** `RaffleEnter(address)`. */
const RAFFLE_ENTER = '0x0805e1d667bddb8a95f0f09880cf94f403fb596ce79928d9f29b74203ba284d4'

export interface FakeTransfer {
  from: string
  to: string
  amount: bigint
}

export interface FakeTransaction {
  hash: string
  transfers: FakeTransfer[]
  /** Enters the raffle, after its transfers. */
  player?: string
}

interface FakeBlock extends ChainBlock {
  transactions: FakeTransaction[]
}

/** `unavailable`: no answer; `partial`: logs are left out; `stale`: a node that is some blocks behind. */
export type FakeFault = 'unavailable' | 'partial' | 'stale'

/** A chain in memory, in place of `ChainRpc`: nothing of it takes time, and its nodes err when they are told to. */
export class FakeChain {
  readonly mined: FakeBlock[] = []
  /** Taken one by one by the calls to come; null lets one pass. */
  faults: Array<FakeFault | null> = []
  /** Blocks that `logs` looks through at once; null is no limit. */
  rangeLimit: number | null = null
  readonly questions: LogFilter[] = []
  /** Runs before the answer to a question for logs. */
  onLogs: (() => Promise<void>) | null = null
  #made = 0

  constructor() {
    this.mine([])
  }

  /** Until the test ends. */
  bind() {
    app.container.swap(ChainRpc, () => this as unknown as ChainRpc)
    return () => app.container.restore(ChainRpc)
  }

  get top() {
    return this.mined.length - 1
  }

  transaction(transfers: FakeTransfer[], player?: string): FakeTransaction {
    return { hash: this.#hash('tx'), transfers, player }
  }

  mine(...blocks: FakeTransaction[][]) {
    for (const transactions of blocks) {
      const parentHash = this.mined.at(-1)?.hash ?? this.#hash('none')
      const number = this.mined.length
      this.mined.push({ number, hash: this.#hash('block'), parentHash, minedAt: number * 1000, transactions })
    }
  }

  mineEmpty(count: number) {
    this.mine(...Array.from({ length: count }, () => []))
  }

  /** Takes the last blocks away; answers with what was in them. */
  drop(depth: number): FakeTransaction[] {
    return this.mined.splice(this.mined.length - depth).flatMap(({ transactions }) => transactions)
  }

  /** Logs of the whole chain, or of some blocks. */
  logsIn(from = 0, to = this.top): ChainLog[] {
    return this.mined.slice(from, to + 1).flatMap(logsOf)
  }

  async head() {
    return this.#fault() === 'stale' ? Math.max(0, this.top - 3) : this.top
  }

  async block(which: number | string): Promise<ChainBlock | null> {
    const isBehind = this.#fault() === 'stale'
    const block = this.mined.find(({ number, hash }) => which === number || which === hash)
    return block && !(isBehind && block.number > this.top - 3) ? block : null
  }

  async blocks(from: number, to: number): Promise<ChainBlock[]> {
    if (this.#fault() === 'stale' || to > this.top) throw new ChainUnavailable('no such block yet')
    return this.mined.slice(from, to + 1)
  }

  async logs(filter: LogFilter): Promise<ChainLog[]> {
    this.questions.push(filter)
    await this.onLogs?.()
    const fault = this.#fault()
    const logs = this.#within(filter, fault === 'stale').filter((log) => matches(filter, log))
    return fault === 'partial' ? logs.filter((_, index) => index % 2 === 1) : logs
  }

  #within(filter: LogFilter, isBehind: boolean): ChainLog[] {
    if ('blockHash' in filter) {
      const block = this.mined.find(({ hash }) => hash === filter.blockHash)
      if (!block) throw new ChainUnavailable('unknown block')
      return logsOf(block)
    }
    const { fromBlock, toBlock } = filter
    if (isBehind) throw new ChainUnavailable('behind')
    if (this.rangeLimit !== null && toBlock - fromBlock + 1 > this.rangeLimit) throw new RangeTooWide(this.rangeLimit)
    return this.logsIn(fromBlock, toBlock)
  }

  #fault(): FakeFault | null {
    const fault = this.faults.shift() ?? null
    if (fault === 'unavailable') throw new ChainUnavailable('told to be')
    return fault
  }

  #hash(what: string) {
    return `0x${createHash('sha256').update(`${what}${++this.#made}`).digest('hex')}`
  }
}

function logsOf(block: FakeBlock): ChainLog[] {
  let logIndex = 0
  return block.transactions.flatMap(({ hash: txHash, transfers, player }) => {
    const place = () => ({ blockNumber: block.number, blockHash: block.hash, txHash, logIndex: logIndex++ })
    const logs: ChainLog[] = transfers.map(({ from, to, amount }) => ({
      address: NOWHERE.usdt.toLowerCase(),
      topics: [TRANSFER_TOPIC, addressTopic(from), addressTopic(to)],
      data: `0x${amount.toString(16).padStart(64, '0')}`,
      ...place(),
    }))
    const topics = player ? [RAFFLE_ENTER, addressTopic(player)] : null
    return topics ? [...logs, { address: NOWHERE.raffle.toLowerCase(), topics, data: '0x', ...place() }] : logs
  })
}

function matches({ address, topics = [] }: LogFilter, log: ChainLog) {
  const addresses = [address].flat().map((one) => one.toLowerCase())
  return (
    addresses.includes(log.address) &&
    topics.every((topic, index) => topic === null || [topic].flat().includes(log.topics[index]))
  )
}
