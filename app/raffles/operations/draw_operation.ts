import { inject } from '@adonisjs/core'
import { RaffleContract } from '#chain/contracts/raffle'
import type ChainOperation from '#chain/models/chain_operation'
import type { Call, OperationHandler } from '#chain/operations/operation_handlers'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { RaffleReader } from '#raffles/contract/raffle_reader'
import { DrawBook } from '#raffles/draws/draw_book'
import Raffle from '#raffles/models/raffle'
import RaffleDraw from '#raffles/models/raffle_draw'
import { Rounds } from '#raffles/rounds/rounds'

/** Asking the contract for a draw, at the treasury's cost. */
@inject()
export class DrawOperation implements OperationHandler {
  readonly kind = 'draw'

  constructor(
    private contract: RaffleContract,
    private reader: RaffleReader,
    private rounds: Rounds,
    private book: DrawBook
  ) {}

  /** Refuses with `raffle_not_open` (somebody else was first: the next round is not meant) or `upkeep_not_needed`. */
  async check({ id }: ChainOperation, head: number): Promise<Result<unknown>> {
    const { raffleId } = await RaffleDraw.findByOrFail('operationId', id)
    const round = await Raffle.findOrFail(raffleId)
    if (round.status !== 'open' || (await this.rounds.isOverAhead(round))) return refuse('raffle_not_open')
    const now = await this.reader.now(head)
    if (!now.isOpen) return refuse('raffle_not_open')
    return (await this.reader.isDue(head)) ? ok() : refuse('upkeep_not_needed')
  }

  async call(): Promise<Call> {
    return { kind: 'draw', to: this.contract.address, data: await this.contract.encode('performUpkeep', ['0x']) }
  }

  /** That the contract waits for randomness is told with its event. */
  async changed(trx: Trx, operation: ChainOperation) {
    if (operation.status === 'failed') await this.book.failed(trx, operation)
  }
}
