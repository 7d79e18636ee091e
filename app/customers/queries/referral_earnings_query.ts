import db from '@adonisjs/lucid/services/db'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'

/** What a referrer has earned so far, by currency. */
export class ReferralEarningsQuery {
  async run(referrerId: number): Promise<Money[]> {
    const rows: Array<{ currency: Currency; total: number | string }> = await db
      .from('referral_rewards')
      .where({ referrer_id: referrerId, status: 'paid' })
      .groupBy('currency')
      .orderBy('currency')
      .select('currency')
      .sum('reward as total')
    return rows.map(({ currency, total }) => Money.of(BigInt(total), currency))
  }
}
