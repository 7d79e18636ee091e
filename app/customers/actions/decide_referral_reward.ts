import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import ReferralReward from '#customers/models/referral_reward'
import { PayReward } from '#customers/referral/pay_reward'

/** An admin pays or rejects a reward that waits for review. Refuses with `reward_not_found` or `reward_decided`. */
@inject()
export class DecideReferralReward {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private pay: PayReward
  ) {}

  async handle({ rewardId, decision, actor }: { rewardId: number; decision: 'pay' | 'reject'; actor: Actor }) {
    return transaction(async (trx) => {
      const reward = await ReferralReward.query({ client: trx }).where('id', rewardId).forUpdate().first()
      if (!reward) return refuse('reward_not_found')
      if (reward.status !== 'review') return refuse('reward_decided')

      if (decision === 'pay') await this.pay.in(trx, reward, actor)
      else reward.merge({ status: 'rejected', decidedAt: this.clock.now() })
      await reward.merge({ decidedBy: actor.type === 'admin' ? actor.id : null }).save()
      await this.audit.record(trx, {
        actor,
        action: decision === 'pay' ? 'referral_reward.paid' : 'referral_reward.rejected',
        subjectType: 'referral_reward',
        subjectId: reward.id,
        before: { status: 'review' },
        after: { status: reward.status, amount: String(reward.money) },
      })
      return ok(reward)
    })
  }
}
