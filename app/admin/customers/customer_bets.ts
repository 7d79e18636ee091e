import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Money } from '#core/money/money'
import Bettor from '#markets/models/bettor'
import { BettorProfileQuery } from '#markets/queries/bettor_profile_query'
import { betsList } from '#admin/markets/lists/bets_list'

const SHOWN = 4

/** A customer as their bets add up, and the latest of them, as the page of the customer shows them. */
@inject()
export class CustomerBets {
  constructor(
    private clock: Clock,
    private profile: BettorProfileQuery
  ) {}

  async of(customerId: number) {
    const list = betsList('UTC')
    const rows = await list.rows(list.state({ customer: String(customerId) }), this.clock.now(), 1)
    const bettor = await Bettor.find(customerId)
    return {
      ...{ profile: await this.profile.run(customerId), places: await this.profile.places(customerId) },
      risk: Money.of(bettor?.exposure ?? 0n, 'PRED'),
      latest: rows.slice(0, SHOWN),
    }
  }
}
