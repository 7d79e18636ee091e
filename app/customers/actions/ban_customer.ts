import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'

export const BAN_REASON_MAX_LENGTH = 500

export interface BanInput {
  customerId: number
  /** For the admins; 1 to 500 characters. */
  reason: string
  actor: Actor
}

/** Refuses with `reason_required`, `reason_too_long`, `customer_not_found` or `already_banned`. */
@inject()
export class BanCustomer {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ customerId, reason, actor }: BanInput) {
    const banReason = reason.trim()
    if (!banReason) return refuse('reason_required')
    if (banReason.length > BAN_REASON_MAX_LENGTH) return refuse('reason_too_long', { max: BAN_REASON_MAX_LENGTH })

    return transaction(async (trx) => {
      const customer = await Customer.query({ client: trx }).where('id', customerId).forUpdate().first()
      if (!customer) return refuse('customer_not_found')
      if (customer.isBanned) return refuse('already_banned')

      const now = this.clock.now()
      await customer.merge({ bannedAt: now, banReason, updatedAt: now }).save()
      await this.audit.record(trx, {
        actor,
        action: 'customer.banned',
        subjectType: 'customer',
        subjectId: customer.id,
        before: { banned: false },
        after: { banned: true, reason: banReason },
      })
      return ok(customer)
    })
  }
}
