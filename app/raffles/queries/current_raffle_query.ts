import { inject } from '@adonisjs/core'
import type { Money } from '#core/money/money'
import type Raffle from '#raffles/models/raffle'
import RaffleDraw from '#raffles/models/raffle_draw'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import { Rounds } from '#raffles/rounds/rounds'

export interface CurrentRaffle {
  raffle: Raffle
  fee: Money
  /** Of confirmed entries, as `participants`. */
  pool: Money
  participants: number
  /** The next planned draw. */
  schedule: RaffleSchedule | null
  nextDrawAt: number | null
  /** One that was asked for and is not over. */
  draw: RaffleDraw | null
}

/** The round that is open or being drawn; null while the chain is off or its contract has not been seen. */
@inject()
export class CurrentRaffleQuery {
  constructor(private rounds: Rounds) {}

  async run(): Promise<CurrentRaffle | null> {
    const raffle = await this.rounds.current()
    if (!raffle) return null
    const [schedule, draw] = await Promise.all([
      RaffleSchedule.query().where('status', 'waiting').orderBy('scheduledAt').first(),
      RaffleDraw.query().where('raffleId', raffle.id).whereNull('finishedAt').first(),
    ])
    return {
      raffle,
      fee: raffle.fee,
      pool: raffle.poolMoney,
      participants: raffle.participants,
      schedule,
      nextDrawAt: schedule?.scheduledAt ?? null,
      draw,
    }
  }
}
