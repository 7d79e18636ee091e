import { inject } from '@adonisjs/core'
import { exponentialBackoff, Job } from '@adonisjs/queue'
import type { JobOptions } from '@adonisjs/queue/types'
import { transaction } from '#core/database/transaction'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import { ReferralRewards, type RewardCause } from '#customers/referral/referral_rewards'

interface OwedReward {
  invitedId: number
  cause: RewardCause
  /** In minor units. */
  purchase: { minor: number; currency: Currency }
}

/** Written with what earns a reward, which nothing else remembers: tried again for as long as it takes. */
@inject()
export default class EarnReferralReward extends Job<OwedReward> {
  static options: JobOptions = {
    name: 'customers.earn_referral_reward',
    retry: {
      maxRetries: Number.MAX_SAFE_INTEGER,
      backoff: exponentialBackoff({ baseDelay: '1s', maxDelay: '5m' }),
    },
  }

  constructor(private rewards: ReferralRewards) {
    super()
  }

  async execute() {
    const { invitedId, cause, purchase } = this.payload
    const paid = Money.of(BigInt(purchase.minor), purchase.currency)
    await transaction((trx) => this.rewards.earn(trx, { invitedId, cause, purchase: paid }))
  }
}
