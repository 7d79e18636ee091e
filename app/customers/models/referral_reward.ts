import { ReferralRewardSchema } from '#database/schema'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'

/** `review`: earned faster than the limit, so an admin decides. */
export const REWARD_STATUSES = ['paid', 'review', 'rejected'] as const
export type RewardStatus = (typeof REWARD_STATUSES)[number]

/** What a referrer earned by the first purchase or bet of somebody they invited. One for each invited customer. */
export default class ReferralReward extends ReferralRewardSchema {
  static table = 'referral_rewards'

  declare status: RewardStatus
  declare currency: Currency

  get money() {
    return Money.of(this.reward, this.currency)
  }
}
