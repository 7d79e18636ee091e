import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { isTimeZone } from '#customers/time_zones'

/** `null` returns to the operator's zone. Refuses `unknown_time_zone`. */
@inject()
export class ChangeTimeZone {
  constructor(private clock: Clock) {}

  async handle(customerId: number, timeZone: string | null) {
    if (timeZone !== null && !isTimeZone(timeZone)) return refuse('unknown_time_zone')
    return transaction(async (trx) => {
      const customer = await Customer.findOrFail(customerId, { client: trx })
      return ok(await customer.merge({ timeZone, updatedAt: this.clock.now() }).save())
    })
  }
}
