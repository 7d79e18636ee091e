import { RANKS } from '#markets/bettors/ranks'

/** What may move a mission forward. */
export const MISSION_EVENTS = ['bet_placed', 'bets_settled', 'active', 'invited'] as const
export type MissionEvent = (typeof MISSION_EVENTS)[number]

/** One field of a condition. */
export interface MissionParameter {
  name: string
  kind: 'category' | 'amount' | 'rank' | 'boolean'
}

/** Something that missions count. */
export interface MissionCondition {
  event: MissionEvent
  parameters: readonly MissionParameter[]
  /**
   * SQL for how far a customer has come, over `b` (their row of bettors), `m` (the mission's target and parameters), `so_far`
   * (progress until now) and `e` (what happened: `customer_id`, `category_id`, `stake`). The same on both databases.
   */
  figure: string
}

const rankPlace = (rank: string) =>
  `CASE ${rank} ${RANKS.map((each, place) => `WHEN '${each.rank}' THEN ${place}`).join(' ')} END`

/** Amounts in parameters and the target of `volume` are whole PRED; columns hold hundredths of it. */
export const CONDITIONS = {
  bets_placed: { event: 'bet_placed', parameters: [], figure: 'b.bets' },
  bets_in_category: {
    event: 'bet_placed',
    parameters: [{ name: 'category', kind: 'category' }],
    figure: `so_far + CASE WHEN e.category_id =
      (SELECT c.id FROM market_categories c WHERE c.slug = m.parameters ->> 'category') THEN 1 ELSE 0 END`,
  },
  single_stake: {
    event: 'bet_placed',
    parameters: [{ name: 'min', kind: 'amount' }],
    figure: `so_far + CASE WHEN e.stake >= CAST(m.parameters ->> 'min' AS BIGINT) * 100 THEN 1 ELSE 0 END`,
  },
  volume: { event: 'bet_placed', parameters: [], figure: 'b.staked / 100' },
  wins: { event: 'bets_settled', parameters: [], figure: 'b.wins' },
  win_streak: {
    event: 'bets_settled',
    parameters: [],
    figure: 'CASE WHEN b.best_streak >= m.target THEN b.best_streak ELSE b.streak END',
  },
  rank: {
    event: 'bets_settled',
    parameters: [{ name: 'rank', kind: 'rank' }],
    figure: `CASE WHEN ${rankPlace('b.rank')} >= ${rankPlace(`m.parameters ->> 'rank'`)} THEN 1 ELSE 0 END`,
  },
  active_days: {
    event: 'active',
    parameters: [{ name: 'in_a_row', kind: 'boolean' }],
    figure: `CASE WHEN CAST(m.parameters ->> 'in_a_row' AS TEXT) IN ('true', '1') THEN b.day_streak
      ELSE b.active_days END`,
  },
  invited: {
    event: 'invited',
    parameters: [],
    figure: `(SELECT COUNT(*) FROM customers i WHERE i.referrer_id = b.customer_id AND i.converted_at IS NOT NULL)`,
  },
} as const satisfies Record<string, MissionCondition>
export type ConditionName = keyof typeof CONDITIONS
export const CONDITION_NAMES = Object.keys(CONDITIONS) as ConditionName[]

export const conditionsOf = (event: MissionEvent) => CONDITION_NAMES.filter((name) => CONDITIONS[name].event === event)
