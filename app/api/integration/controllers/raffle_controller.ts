import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CurrentRaffleQuery } from '#raffles/queries/current_raffle_query'
import { PastWinnersQuery } from '#raffles/queries/past_winners_query'
import { raffleAnswer, winnerAnswer } from '#api/integration/answers/raffle'
import { listAnswer, pageOf } from '#api/integration/listing'
import { fieldsOf } from '#api/integration/openapi/schemas'

/** How the raffle stands, and how it ended before. */
@inject()
export default class RaffleController {
  constructor(
    private current: CurrentRaffleQuery,
    private past: PastWinnersQuery
  ) {}

  async show() {
    const current = await this.current.run()
    return { success: true, raffle: current && raffleAnswer(current) }
  }

  async winners(ctx: HttpContext) {
    const page = await this.past.run(await pageOf(ctx))
    return listAnswer(ctx, fieldsOf('Winner'), page, winnerAnswer)
  }
}
