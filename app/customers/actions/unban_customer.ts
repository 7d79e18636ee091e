import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'

/** Refuses with `customer_not_found` or `not_banned`. */
@inject()
export class UnbanCustomer {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ customerId, actor }: { customerId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const customer = await Customer.query({ client: trx }).where('id', customerId).forUpdate().first()
      if (!customer) return refuse('customer_not_found')
      if (!customer.isBanned) return refuse('not_banned')

      const before = { banned: true, reason: customer.banReason }
      await customer.merge({ bannedAt: null, banReason: null, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'customer.unbanned',
        subjectType: 'customer',
        subjectId: customer.id,
        before,
        after: { banned: false },
      })
      return ok(customer)
    })
  }
}
