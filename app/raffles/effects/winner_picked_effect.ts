import { inject } from '@adonisjs/core'
import type { EventEffect } from '#chain/listener/event_effects'
import type ChainEvent from '#chain/models/chain_event'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { DrawBook } from '#raffles/draws/draw_book'
import { customerOf, momentOf } from '#raffles/effects/player_facts'
import { Rounds } from '#raffles/rounds/rounds'
import { WinnerNews } from '#raffles/winners/winner_news'

/** The round is over and the next one open; the prize is booked when its transfer is seen. */
@inject()
export class WinnerPickedEffect implements EventEffect {
  readonly name = 'WinnerPicked'

  constructor(
    private clock: Clock,
    private rounds: Rounds,
    private draws: DrawBook,
    private news: WinnerNews
  ) {}

  async confirmed(trx: Trx, event: ChainEvent) {
    const raffle = await this.rounds.lockCurrent(trx)
    const at = await momentOf(trx, event, this.clock.now())
    if (!raffle) {
      await this.rounds.open(trx, { round: 1, fee: 0n, block: event.blockNumber, at })
      return
    }
    await raffle
      .merge({
        status: 'finished',
        prize: event.amount,
        winnerKey: event.toKey,
        winnerCustomerId: await customerOf(trx, event),
        closedBlock: event.blockNumber,
        closedTx: event.txHash,
        finishedAt: at,
      })
      .save()
    await this.draws.done(trx, raffle)
    const next = { round: raffle.round + 1, fee: raffle.entranceFee, block: event.blockNumber, at }
    await this.rounds.open(trx, next)
    await this.news.tell(trx, raffle, event)
  }
}
