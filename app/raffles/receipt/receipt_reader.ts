import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { RaffleContract } from '#chain/contracts/raffle'
import { ethersLibrary } from '#chain/ethers'
import type { ChainLog, ChainReceipt } from '#chain/rpc/chain_facts'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import type Raffle from '#raffles/models/raffle'
import type { DrawFacts, Place } from '#raffles/receipt/draw_facts'
import { EntryLogs } from '#raffles/receipt/entry_logs'
import { coordinatorInterface } from '#raffles/receipt/random_word'

/** Reads a draw from the chain. Of our records it takes where to look, and nothing of what is found there. */
@inject()
export class ReceiptReader {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc,
    private contract: RaffleContract,
    private entries: EntryLogs
  ) {}

  /** Null when the chain does not know of it. */
  async read(raffle: Raffle): Promise<DrawFacts | null> {
    if (!raffle.requestTx || !raffle.closedTx) return null
    const [request, answer] = await Promise.all([this.rpc.receipt(raffle.requestTx), this.rpc.receipt(raffle.closedTx)])
    const requested = request && (await this.#event(request, 'RequestedRaffleWinner'))
    const picked = answer && (await this.#event(answer, 'WinnerPicked'))
    if (!requested || !picked) return null

    const requestId = String(requested.args[0])
    const entries = await this.entries.of(raffle, picked.log)
    return {
      chainId: this.chain.required.chainId,
      contract: this.contract.address,
      requestId,
      request: await this.#place(request),
      answer: { ...(await this.#place(answer)), ...(await this.#fulfilment(answer, requestId)) },
      players: await Promise.all(entries.map(async (log) => ({ address: await this.#player(log), tx: log.txHash }))),
      winner: picked.args[0],
      prize: String(picked.args[1]),
      storedWord: await this.#storedWord(raffle.round, requestId),
    }
  }

  async #event({ logs }: ChainReceipt, name: string) {
    for (const log of logs) {
      const event = await this.contract.decode(log)
      if (event?.name === name) return { log, args: event.args }
    }
    return null
  }

  async #place({ hash, blockNumber }: ChainReceipt): Promise<Place> {
    const block = await this.rpc.block(blockNumber)
    return { tx: hash, block: blockNumber, at: block!.minedAt }
  }

  async #player(log: ChainLog): Promise<string> {
    const event = await this.contract.decode(log)
    return event!.args[0]
  }

  async #fulfilment({ logs }: ChainReceipt, requestId: string) {
    const [coordinator, { getAddress }] = await Promise.all([coordinatorInterface(), ethersLibrary()])
    for (const log of logs) {
      const event = coordinator.parseLog(log)
      if (!event || String(event.args.requestId) !== requestId) continue
      const { outputSeed, success } = event.args
      return { coordinator: getAddress(log.address), seed: String(outputSeed), hasSucceeded: success as boolean }
    }
    return { coordinator: null, seed: null, hasSucceeded: null }
  }

  /** The reference contract keeps it for each of its rounds, which it may count otherwise than we do. */
  async #storedWord(round: number, requestId: string): Promise<string | null> {
    if (!(await this.contract.has('getRoundInfo'))) return null
    const [info] = await this.contract.read('getRoundInfo', [round])
    return String(info.requestId) === requestId ? String(info.randomWord) : null
  }
}
