import { inject } from '@adonisjs/core'
import type ChainEvent from '#chain/models/chain_event'
import ChainOperation from '#chain/models/chain_operation'
import { lockOperationOf } from '#chain/operations/operation_of_transaction'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { EntryProgress } from '#raffles/entries/entry_progress'
import type Raffle from '#raffles/models/raffle'
import RaffleEntry from '#raffles/models/raffle_entry'

type Place = Pick<ChainEvent, 'txHash' | 'blockNumber'>

/** Moves entries along, as the chain tells: the only writer of their status, with the news to the customer. */
@inject()
export class EntryBook {
  constructor(
    private clock: Clock,
    private progress: EntryProgress
  ) {}

  /** The entry that this operation is for; its row is locked. */
  ofOperation(trx: Trx, { id }: ChainOperation): Promise<RaffleEntry> {
    return RaffleEntry.query({ client: trx }).where('operationId', id).forUpdate().firstOrFail()
  }

  /** The entry that this transaction was sent for; its row is locked. Null when it was none of ours. */
  async ofTransaction(trx: Trx, hash: string): Promise<RaffleEntry | null> {
    const operation = await lockOperationOf(trx, hash)
    if (operation?.kind !== 'enter') return null
    return this.ofOperation(trx, operation)
  }

  /** It stands in a block. One that was given up already waits for the block to stay. */
  async seen(trx: Trx, entry: RaffleEntry, raffle: Raffle, place: Place) {
    if (!entry.isOpen) return
    await this.#move(trx, entry, { status: 'seen', raffleId: raffle.id, ...placeOf(place) })
  }

  /** Its block is gone: it is on its way again. */
  async orphaned(trx: Trx, entry: RaffleEntry) {
    if (entry.status !== 'seen') return
    await this.#move(trx, entry, { status: 'pending', raffleId: null, txHash: null, blockNumber: null })
  }

  async confirmed(trx: Trx, entry: RaffleEntry, raffle: Raffle, place: Place) {
    await this.#move(trx, entry, {
      status: 'confirmed',
      raffleId: raffle.id,
      ...placeOf(place),
      confirmedAt: this.clock.now(),
      failedAt: null,
      reason: null,
    })
  }

  async failed(trx: Trx, entry: RaffleEntry, reason: string) {
    if (!entry.isOpen) return
    await this.#move(trx, entry, { status: 'failed', reason: reason.slice(0, 40), failedAt: this.clock.now() })
  }

  /** Its operation has gone a step further. */
  async goesOn(trx: Trx, entry: RaffleEntry, operation: ChainOperation) {
    if (entry.status === 'pending') await this.progress.tell(trx, entry, operation)
  }

  async #move(trx: Trx, entry: RaffleEntry, changes: Partial<RaffleEntry>) {
    await entry
      .merge({ ...changes, updatedAt: this.clock.now() })
      .useTransaction(trx)
      .save()
    const operation = await ChainOperation.find(entry.operationId, { client: trx })
    await this.progress.tell(trx, entry, operation)
  }
}

const placeOf = ({ txHash, blockNumber }: Place) => ({ txHash, blockNumber })
