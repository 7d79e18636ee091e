import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { transaction } from '#core/database/transaction'
import { isLanguage } from '#customers/languages'
import Customer from '#customers/models/customer'

/** The customer's own choice: from now on the Telegram client's language is ignored. Refuses `unknown_language`. */
@inject()
export class ChangeLanguage {
  constructor(private clock: Clock) {}

  async handle(customerId: number, language: string) {
    if (!isLanguage(language)) return refuse('unknown_language')
    return transaction(async (trx) => {
      const customer = await Customer.findOrFail(customerId, { client: trx })
      return ok(await customer.merge({ language, languageChosen: true, updatedAt: this.clock.now() }).save())
    })
  }
}
