import { inject } from '@adonisjs/core'
import type { EventEffect } from '#chain/listener/event_effects'
import type ChainEvent from '#chain/models/chain_event'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { DrawBook } from '#raffles/draws/draw_book'
import { momentOf } from '#raffles/effects/player_facts'
import { Rounds } from '#raffles/rounds/rounds'

/** The contract has asked for randomness, whoever made it do so: nobody enters any more. Asked again, the last counts. */
@inject()
export class DrawRequestedEffect implements EventEffect {
  readonly name = 'RequestedRaffleWinner'

  constructor(
    private clock: Clock,
    private rounds: Rounds,
    private draws: DrawBook
  ) {}

  async confirmed(trx: Trx, event: ChainEvent) {
    const raffle = await this.rounds.lockCurrent(trx)
    if (!raffle || (await this.rounds.isOver(trx, event))) return
    const requestedAt = await momentOf(trx, event, this.clock.now())
    await raffle
      .merge({
        status: 'drawing',
        requestId: event.args.requestId,
        requestTx: event.txHash,
        requestedBlock: event.blockNumber,
        requestedAt,
      })
      .save()
    await this.draws.requested(trx, raffle, event)
  }
}
