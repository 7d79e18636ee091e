import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { PersonalData } from '#core/contracts/personal_data'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'

/**
 * Wipes who the customer is and keeps the ids, so that money, referrals and bans still add up. What other rooms
 * hold about the person goes in the same transaction. Refuses `customer_not_found` or `already_anonymised`.
 */
@inject()
export class AnonymiseCustomer {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private personalData: PersonalData
  ) {}

  async handle({ customerId, actor }: { customerId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const customer = await Customer.query({ client: trx }).where('id', customerId).forUpdate().first()
      if (!customer) return refuse('customer_not_found')
      if (customer.isAnonymised) return refuse('already_anonymised')

      await customer.merge(this.#blank()).save()
      await trx.from('customer_opt_outs').where('customer_id', customer.id).delete()
      for (const holder of this.personalData.all()) {
        await holder.erase(trx, { customerId: customer.id, telegramId: customer.telegramId })
      }
      await this.audit.record(trx, {
        actor,
        action: 'customer.anonymised',
        subjectType: 'customer',
        subjectId: customer.id,
      })
      return ok(customer)
    })
  }

  #blank() {
    const now = this.clock.now()
    return {
      username: null,
      firstName: '',
      lastName: null,
      searchUsername: null,
      searchName: '',
      timeZone: null,
      unreachableReason: null,
      anonymisedAt: now,
      updatedAt: now,
    }
  }
}
