import { enqueue } from '#core/database/enqueue'
import type { Trx } from '#core/database/transaction'
import EarnReferralReward from '#customers/jobs/earn_referral_reward'
import type { EarnInput } from '#customers/referral/referral_rewards'

/**
 * Has the reward earned right after this transaction, once it is committed, in one of its own: for what holds accounts
 * that the referrer's bets and rewards wait for.
 */
export function oweReward(trx: Trx, { invitedId, cause, purchase: { minor, currency } }: EarnInput) {
  return enqueue(trx, EarnReferralReward, { invitedId, cause, purchase: { minor: Number(minor), currency } })
}
