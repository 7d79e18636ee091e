import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { granted, system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type ReferralReward from '#customers/models/referral_reward'

/** Pays a reward from `bonuses`, once: PRED as granted points, anything else into the wallet. */
@inject()
export class PayReward {
  constructor(
    private clock: Clock,
    private ledger: Ledger
  ) {}

  async in(trx: Trx, reward: ReferralReward, actor: Actor) {
    const { referrerId, currency, money } = reward
    const to = currency === 'PRED' ? granted(referrerId) : wallet(referrerId, currency)
    const posted = await this.ledger.transfer(trx, {
      kind: 'referral',
      key: `referral_reward:${reward.id}`,
      postings: [{ from: system('bonuses', currency), to, amount: money }],
      reference: { type: 'referral_reward', id: reward.id },
      actor,
    })
    if (!posted.ok) throw new Error(`Referral reward ${reward.id} was not paid: ${posted.refusal.code}`)
    reward.useTransaction(trx)
    await reward.merge({ status: 'paid', transferId: posted.value.id, decidedAt: this.clock.now() }).save()
  }
}
