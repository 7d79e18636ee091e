import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { RaffleContract } from '#chain/contracts/raffle'
import { Usdt } from '#chain/contracts/usdt'
import { placeOf, type FollowedEvent } from '#chain/listener/followed_event'
import { inTurns } from '#chain/listener/reading/in_turns'
import {
  chosenQuestions,
  isWholeCheaper,
  wholeQuestion,
  type Followed,
  type LogQuestion,
} from '#chain/listener/reading/log_questions'
import { raffleEventOf, RAFFLE_EVENTS } from '#chain/listener/reading/raffle_event'
import { transferEventOf } from '#chain/listener/reading/transfer_event'
import { WatchedWallets } from '#chain/listener/reading/watched_wallets'
import type { ChainBlock, ChainLog } from '#chain/rpc/chain_facts'
import { ChainRpc, type LogFilter } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'

const AT_A_TIME = 4

/** After so many blocks read by choice, one is read as a whole, to see how much there is. */
const LOOK_EVERY = 200

type Where = { fromBlock: number; toBlock: number } | { blockHash: string }

/** What the contracts said that concerns us, in the order of the chain. */
@inject()
export class LogReader {
  readonly wallets: WatchedWallets
  #followed: Followed | null = null
  /** Logs of all transfers a block, as far as it has been seen. */
  #density: number | null = null
  #readByChoice = 0

  constructor(
    private readonly chain: Chain,
    private readonly rpc: ChainRpc,
    private readonly usdt: Usdt,
    private readonly raffle: RaffleContract
  ) {
    this.wallets = new WatchedWallets(chain.required.chainId)
  }

  /** By numbers: of blocks that stay. @throws RangeTooWide. */
  range(from: number, to: number): Promise<FollowedEvent[]> {
    const blocks = to - from + 1
    return this.#read({ fromBlock: from, toBlock: to }, to, isWholeCheaper(this.#density, blocks, this.wallets.count))
  }

  /** By its hash: of a block that may be replaced meanwhile. A node that does not have it says so. */
  block({ number, hash }: ChainBlock): Promise<FollowedEvent[]> {
    const isLook = this.#density === null || this.#readByChoice >= LOOK_EVERY
    return this.#read({ blockHash: hash }, number, isLook || isWholeCheaper(this.#density, 1, this.wallets.count))
  }

  async #read(where: Where, to: number, isWhole: boolean) {
    const followed = await this.#whatIsFollowed()
    if (!isWhole) return this.#choose(await this.#ask(chosenQuestions(followed, this.#walletsUpTo(to)), where))
    const logs = await this.#ask(wholeQuestion(followed), where)
    this.#learn(logs.length, where)
    return this.#choose(logs)
  }

  /** A block may come again under a lower number than its wallet was made at. */
  #walletsUpTo(block: number) {
    this.#readByChoice++
    return this.wallets.madeBy(block + this.chain.required.confirmations)
  }

  #learn(logs: number, where: Where) {
    const blocks = 'blockHash' in where ? 1 : where.toBlock - where.fromBlock + 1
    const seen = logs / blocks
    this.#density = this.#density === null ? seen : (this.#density + seen) / 2
    this.#readByChoice = 0
  }

  async #ask(questions: LogQuestion[], where: Where): Promise<ChainLog[]> {
    const answers = await inTurns(questions, AT_A_TIME, (question) =>
      this.rpc.logs({ ...question, ...where } as LogFilter)
    )
    return answers.length === 1 ? answers[0] : inOrder(answers.flat())
  }

  async #choose(logs: ChainLog[]): Promise<FollowedEvent[]> {
    const raffleKey = this.chain.required.raffle.toLowerCase()
    const events: FollowedEvent[] = []
    for (const log of logs) {
      const event = transferEventOf(this.usdt, log) ?? (await raffleEventOf(this.raffle, log))
      if (!event) continue
      const isOurs =
        event.name !== 'Transfer' || [event.fromKey!, event.toKey!].some((key) => this.#isOurs(key, raffleKey))
      if (isOurs) events.push(event)
    }
    return events
  }

  #isOurs(key: string, raffleKey: string) {
    return key === raffleKey || this.wallets.has(key)
  }

  async #whatIsFollowed(): Promise<Followed> {
    if (this.#followed) return this.#followed
    const { usdt, raffle } = this.chain.required
    const raffleTopics = await Promise.all(RAFFLE_EVENTS.map((name) => this.raffle.topic(name)))
    return (this.#followed = { usdt, raffle, raffleTopics })
  }
}

/** Several answers may hold the same log. @throws when they tell of different blocks under one number. */
function inOrder(logs: ChainLog[]): ChainLog[] {
  const hashes = new Map<number, string>()
  const places = new Map<string, ChainLog>()
  for (const log of logs) {
    const known = hashes.get(log.blockNumber) ?? log.blockHash
    if (known !== log.blockHash) throw new ChainUnavailable(`Two answers tell of different blocks ${log.blockNumber}`)
    hashes.set(log.blockNumber, known)
    places.set(placeOf(log), log)
  }
  return [...places.values()].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)
}
