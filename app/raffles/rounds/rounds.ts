import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import ChainEvent from '#chain/models/chain_event'
import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import Raffle from '#raffles/models/raffle'

export interface NewRound {
  round: number
  /** Minor units of USDT. */
  fee: bigint
  block: number
  at: number
}

/** Rounds of the configured contract. One of them is not finished at a time. */
@inject()
export class Rounds {
  constructor(private chain: Chain) {}

  /** The one that is open or being drawn; null while none has been seen. */
  async current(trx?: Trx): Promise<Raffle | null> {
    if (!this.chain.config) return null
    return this.#unfinished(trx).first()
  }

  /** The row that every change of a round locks first. */
  lockCurrent(trx: Trx): Promise<Raffle | null> {
    return this.#unfinished(trx).forUpdate().first()
  }

  /**
   * The round to which an event belongs, locked: the current one, or for an event that was found late the one in which
   * its block lies. What was said before the first round that we know counts to the current one; null without any.
   */
  async lockOf(trx: Trx, event: ChainEvent): Promise<Raffle | null> {
    const current = await this.lockCurrent(trx)
    if (!current || event.blockNumber > current.openedBlock) return current
    const picked = await this.#pickedAfter(trx, event)
    if (!picked) return current
    const { blockNumber: closedBlock, txHash: closedTx } = picked
    const ended = Raffle.query({ client: trx }).where(this.#contract).where({ closedBlock, closedTx })
    return (await ended.forUpdate().first()) ?? current
  }

  lock(trx: Trx, raffleId: number): Promise<Raffle> {
    return Raffle.query({ client: trx }).where('id', raffleId).forUpdate().firstOrFail()
  }

  /** Of the configured contract, not of one that was used before it. */
  isOfContract({ chainId, contractKey }: Raffle): boolean {
    const { config } = this.chain
    return config !== null && config.chainId === chainId && config.raffle.toLowerCase() === contractKey
  }

  /** Its winner stands in a block that is not deep enough yet: the contract is in the next round already. */
  async isOverAhead({ chainId, contractKey }: Raffle, trx?: Trx): Promise<boolean> {
    const picked = await ChainEvent.query({ client: trx })
      .where({ chainId, contractKey, name: 'WinnerPicked', status: 'seen' })
      .first()
    return picked !== null
  }

  /** Whether the round that this event belongs to has ended already: the event was found late. */
  async isOver(trx: Trx, event: ChainEvent): Promise<boolean> {
    const picked = await this.#pickedAfter(trx, event)
    return picked !== null
  }

  async open(trx: Trx, { round, fee, block, at }: NewRound): Promise<Raffle> {
    const raffle = await Raffle.create(
      {
        ...this.#contract,
        reference: newReference(),
        round,
        status: 'open',
        entranceFee: fee,
        openedBlock: block,
        openedAt: at,
      },
      { client: trx }
    )
    return raffle.refresh()
  }

  /** The first winner behind that place. */
  #pickedAfter(trx: Trx, { chainId, contractKey, blockNumber, logIndex }: ChainEvent): Promise<ChainEvent | null> {
    return ChainEvent.query({ client: trx })
      .where({ chainId, contractKey, name: 'WinnerPicked', status: 'confirmed' })
      .whereNull('problem')
      .where((later) =>
        later
          .where('blockNumber', '>', blockNumber)
          .orWhere((same) => same.where('blockNumber', blockNumber).where('logIndex', '>', logIndex))
      )
      .orderBy(['blockNumber', 'logIndex'])
      .first()
  }

  #unfinished(trx?: Trx) {
    return Raffle.query({ client: trx }).where(this.#contract).whereNot('status', 'finished')
  }

  get #contract() {
    const { chainId, raffle } = this.chain.required
    return { chainId, contractKey: raffle.toLowerCase() }
  }
}
