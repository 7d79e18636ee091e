import { defineSetting } from '#core/contracts/settings'
import { parseMoney } from '#core/money/parse_money'
import type { Currency } from '#core/money/currency'

const group = 'referrals'

/** What a referrer earns: PRED, a fixed sum, or a share of the purchase in its currency. */
export const REWARD_KINDS = ['none', 'pred', 'fixed', 'percent'] as const
export type RewardKind = (typeof REWARD_KINDS)[number]

export const rewardKind = defineSetting({
  key: 'referrals.reward',
  default: 'pred',
  group,
  kind: 'choice',
  choices: REWARD_KINDS,
})

const amount = (key: string, value: string, currency: Currency) =>
  defineSetting({
    key,
    default: value,
    group,
    kind: 'text',
    maxLength: 20,
    check: (text: string) =>
      parseMoney(text, currency).ok ? null : `must be an amount of ${currency}, such as ${value}`,
  })

/** With `pred`. */
export const predReward = amount('referrals.pred_amount', '500', 'PRED')

/** With `fixed`, in TON. */
export const fixedReward = amount('referrals.fixed_amount', '1', 'TON')

/** With `percent`: hundredths of a per cent of the purchase; 250 is 2.5 %. */
export const percentReward = defineSetting({
  key: 'referrals.percent_points',
  default: 500,
  group,
  kind: 'integer',
  min: 1,
  max: 5000,
})

/** Rewards of one referrer in a day of UTC that are paid at once; the next ones wait for an admin. 0 for any number. */
export const rewardsADay = defineSetting({
  key: 'referrals.rewards_a_day',
  default: 20,
  group,
  kind: 'integer',
  min: 0,
  max: 10_000,
})

export const referralSettings = [rewardKind, predReward, fixedReward, percentReward, rewardsADay]
