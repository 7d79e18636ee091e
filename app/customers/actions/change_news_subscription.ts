import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { transaction } from '#core/database/transaction'
import { isNewsCategory } from '#customers/news_categories'

export interface NewsSubscription {
  customerId: number
  category: string
  subscribed: boolean
}

/** Opts a customer out of one category of news or in again; repeating it changes nothing. Refuses `unknown_category`. */
@inject()
export class ChangeNewsSubscription {
  constructor(private clock: Clock) {}

  async handle({ customerId, category, subscribed }: NewsSubscription) {
    if (!isNewsCategory(category)) return refuse('unknown_category')
    await transaction(async (trx) => {
      const optOut = { customer_id: customerId, category }
      if (subscribed) {
        await trx.from('customer_opt_outs').where(optOut).delete()
        return
      }
      await trx
        .knexQuery()
        .table('customer_opt_outs')
        .insert({ ...optOut, created_at: this.clock.now() })
        .onConflict()
        .ignore()
    })
    return ok()
  }
}
