import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { isoOf } from '#api/integration/answers/instants'
import { findCustomer } from '#api/integration/telegram_id'

/** A customer's part in the raffle. */
@inject()
export default class CustomerStatsController {
  constructor(private raffle: CustomerRaffleQuery) {}

  async show({ params }: HttpContext) {
    const customer = await findCustomer(params.tg_id)
    const { entries, spent, wins, won } = await this.raffle.figures(customer.id)
    return {
      success: true,
      tg_id: customer.telegramId,
      entries,
      spent: spent.toDecimal(),
      wins,
      won: won.toDecimal(),
      currency: 'USDT',
      joined_at: isoOf(customer.createdAt),
    }
  }
}
