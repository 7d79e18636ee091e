import { defineSetting } from '#core/contracts/settings'
import { type Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { METRICS } from '#markets/values'

const group = 'leaderboard'
const PERMISSION = 'missions.edit'
const MOST_PLACES = 100

/** PRED in whole for the first places of a week, first to last; empty: no rewards. */
export const weeklyRewards = defineSetting({
  key: 'leaderboard.rewards',
  default: '5000, 3000, 2000, 1000, 500',
  group,
  permission: PERMISSION,
  kind: 'text',
  maxLength: 1000,
  check: (text: string) =>
    rewardsIn(text) ? null : `must be up to ${MOST_PLACES} amounts of PRED in whole, such as 5000, 3000, 2000`,
})

/** What decides the places that are rewarded. */
export const rewardedMetric = defineSetting({
  key: 'leaderboard.metric',
  default: 'profit',
  group,
  permission: PERMISSION,
  kind: 'choice',
  choices: METRICS,
})

export const leaderboardSettings = [weeklyRewards, rewardedMetric]

/** Null for what is no such list. */
export function rewardsIn(text: string): Money[] | null {
  if (text.trim() === '') return []
  const parsed = text.split(',').map((part) => parseMoney(part.trim(), 'PRED'))
  const rewards = parsed.flatMap((each) => (each.ok && !each.value.isZero ? [each.value] : []))
  const isWhole = rewards.every(({ minor }) => minor % 100n === 0n)
  return rewards.length === parsed.length && isWhole && rewards.length <= MOST_PLACES ? rewards : null
}
