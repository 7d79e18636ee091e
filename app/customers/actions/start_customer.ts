import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { isReferralCode } from '#customers/referral_code'

export interface FirstStart {
  /** False for every `/start` after the first. */
  first: boolean
  referrerId: number | null
}

/**
 * The first `/start`, with the code of its deep link if there was one. A referrer is bound here and never
 * again, never to oneself, and never in a circle of two.
 */
@inject()
export class StartCustomer {
  constructor(private clock: Clock) {}

  async handle(customerId: number, referralCode?: string | null): Promise<FirstStart> {
    return transaction(async (trx) => {
      const referrerId = referralCode ? await this.#referrer(trx, customerId, referralCode) : null
      const now = this.clock.now()
      const changed = await trx
        .from('customers')
        .where('id', customerId)
        .whereNull('started_at')
        .update({ started_at: now, referrer_id: referrerId, updated_at: now })
      const first = Number(changed) === 1
      return { first, referrerId: first ? referrerId : null }
    })
  }

  /** Both rows are locked, so that two newcomers who start at once with each other's code don't both bind. */
  async #referrer(trx: Trx, customerId: number, referralCode: string) {
    if (!isReferralCode(referralCode)) return null
    const customers = await Customer.query({ client: trx })
      .where((query) => query.where('id', customerId).orWhere('referralCode', referralCode))
      .orderBy('id')
      .forUpdate()
    const referrer = customers.find((customer) => customer.referralCode === referralCode)
    const isEligible =
      referrer && referrer.id !== customerId && !referrer.isBanned && referrer.referrerId !== customerId
    return isEligible ? referrer.id : null
  }
}
