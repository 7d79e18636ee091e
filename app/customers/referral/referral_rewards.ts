import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Outbox } from '#core/contracts/outbox'
import { Settings } from '#core/contracts/settings'
import { isPostgres } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import Customer from '#customers/models/customer'
import ReferralReward from '#customers/models/referral_reward'
import { PayReward } from '#customers/referral/pay_reward'
import { ReferralListeners } from '#customers/referral/referral_listeners'
import { readReward } from '#customers/referral/reward_of'
import { rewardsADay } from '#customers/referral/settings'

/** What somebody did: `{ type: 'star_order', id: 12 }`. */
export interface RewardCause {
  type: string
  id: number
}

export interface EarnInput {
  /** Who bought or bet. */
  invitedId: number
  cause: RewardCause
  /** What they paid for it: of a bet the bought part of the stake, zero where all of it was granted. */
  purchase: Money
}

const DAY = 24 * 60 * 60 * 1000

/**
 * Rewards a referrer when somebody they invited makes the first purchase or bet, once, and tells the rooms that listen
 * of it, whether or not it is rewarded. Granted points earn nothing but points, so that they never become money. Above
 * a rate the reward waits for an admin: `DecideReferralReward`.
 */
@inject()
export class ReferralRewards {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private outbox: Outbox,
    private alerts: Alerts,
    private pay: PayReward,
    private listeners: ReferralListeners
  ) {}

  /**
   * In the transaction of what earns it, before any account is locked, or by `oweReward` after it. Answers null when
   * there is nobody to reward, or they were rewarded before.
   */
  async earn(trx: Trx, { invitedId, cause, purchase }: EarnInput): Promise<ReferralReward | null> {
    const invited = await Customer.findOrFail(invitedId, { client: trx })
    if (invited.referrerId === null) return null
    const referrer = await this.#lock(trx, invitedId, invited.referrerId)
    if (referrer.isBanned || referrer.isAnonymised) return null
    if (await this.#isFirst(trx, invitedId)) await this.listeners.tell(trx, referrer.id)
    const earlier = await ReferralReward.query({ client: trx }).where('invitedId', invitedId).first()
    if (earlier) return null
    const money = await readReward(this.settings, trx, purchase)
    if (!money) return null

    const reward = await ReferralReward.create(
      {
        referrerId: referrer.id,
        invitedId,
        causeType: cause.type,
        causeId: cause.id,
        currency: money.currency,
        reward: money.minor,
        status: 'review',
        createdAt: this.clock.now(),
      },
      { client: trx }
    )
    if (await this.#isTooFast(trx, referrer.id)) await this.#askForReview(trx, reward)
    else await this.#pay(trx, reward, referrer)
    return reward
  }

  /**
   * Both, in the order of ids, by a lock that foreign keys pass: a settlement that holds the referrer's record writes
   * rows that refer to the referrer.
   */
  async #lock(trx: Trx, invitedId: number, referrerId: number) {
    if (isPostgres()) {
      const sql = 'SELECT id FROM customers WHERE id IN (?, ?) ORDER BY id FOR NO KEY UPDATE'
      await trx.rawQuery(sql, [invitedId, referrerId])
    }
    return Customer.findOrFail(referrerId, { client: trx })
  }

  /** The referrer is locked: what is counted now is not missed by another one who was invited. */
  async #isFirst(trx: Trx, invitedId: number) {
    const changed = await trx
      .from('customers')
      .where('id', invitedId)
      .whereNull('converted_at')
      .update({ converted_at: this.clock.now() })
    return Number(changed) === 1
  }

  #askForReview(trx: Trx, { id, referrerId, money }: ReferralReward) {
    return this.alerts.announceIn(trx, {
      kind: 'security',
      severity: 'info',
      fingerprint: `referral_reward:${id}`,
      title: `A referral reward of customer #${referrerId} waits for review`,
      details: { amount: formatMoney(money), next: 'Look at whom they invited, then pay or reject it' },
    })
  }

  async #pay(trx: Trx, reward: ReferralReward, referrer: Customer) {
    await this.pay.in(trx, reward, SYSTEM_ACTOR)
    await this.outbox.write(trx, {
      type: 'PAYMENT',
      chatId: referrer.telegramId,
      customerId: referrer.id,
      template: 'referral_rewarded',
      params: { amount: reward.money },
      dedupeKey: `referral_reward:${reward.id}`,
    })
  }

  /** Counts the new one too. */
  async #isTooFast(trx: Trx, referrerId: number) {
    const limit = await this.settings.getIn(trx, rewardsADay)
    if (limit === 0) return false
    const now = this.clock.now()
    const [{ total }] = await trx
      .from('referral_rewards')
      .where('referrer_id', referrerId)
      .where('created_at', '>=', now - (now % DAY))
      .count('* as total')
    return Number(total) > limit
  }
}
