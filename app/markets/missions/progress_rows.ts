import { jsonRows, runStatement } from '#core/database/statement'
import type { Trx } from '#core/database/transaction'
import { CONDITIONS, conditionsOf, type MissionEvent } from '#markets/missions/conditions'

/** What happened to whom: a bet, with its market's category and its stake; otherwise only that it did. */
export interface MissionMoment {
  customerId: number
  categoryId?: number
  stake?: bigint
}

export interface Completion {
  missionId: number
  customerId: number
}

/** Moves on what is not complete and differs; answers what has become complete. */
export async function moveProgress(
  trx: Trx,
  event: MissionEvent,
  moments: readonly MissionMoment[],
  now: number
): Promise<Completion[]> {
  const moved = await runStatement(trx, moveSql(event), [now, now, momentsAsJson(moments)])
  return moved
    .filter((row) => row.completed_at !== null)
    .map((row) => ({ missionId: row.mission_id, customerId: row.customer_id }))
}

/** Opens again what is complete, not claimed, and reached neither as it was promised then nor as the mission is now. */
export function reopenProgress(trx: Trx, event: MissionEvent, moments: readonly MissionMoment[], now: number) {
  return runStatement(trx, reopenSql(event), [momentsAsJson(moments), now])
}

const momentsAsJson = (moments: readonly MissionMoment[]) =>
  JSON.stringify(
    moments.map(({ customerId, categoryId, stake }) => ({
      customer_id: customerId,
      category_id: categoryId ?? null,
      stake: stake === undefined ? null : Number(stake),
    }))
  )

const COLUMNS = { customer_id: 'bigint', category_id: 'bigint', stake: 'bigint' } as const

/** A row for each customer and each mission that such an event may move. */
function figuresSql(event: MissionEvent, where: string, further: string[] = []) {
  const names = conditionsOf(event)
  const columns = [
    ...['m.id AS mission_id', 'b.customer_id', 'm.target', 'm.parameters', 'm.reward'],
    ...['COALESCE(p.progress, 0) AS so_far', `${figureSql(event)} AS figure`, ...further],
  ]
  return `SELECT ${columns.join(', ')}
    FROM ${jsonRows('e', COLUMNS)}
    JOIN bettors b ON b.customer_id = e.customer_id
    JOIN missions m ON m.condition IN (${names.map((name) => `'${name}'`).join(', ')})
    LEFT JOIN mission_progress p ON p.customer_id = b.customer_id AND p.mission_id = m.id
    WHERE ${where}`
}

/** `terms`: whose target and parameters hold, the mission's as it is or those kept with the progress. */
function figureSql(event: MissionEvent, terms: 'm' | 'p' = 'm') {
  const cases = conditionsOf(event).map((name) => {
    const figure = CONDITIONS[name].figure.replaceAll('so_far', 'COALESCE(p.progress, 0)')
    return `WHEN '${name}' THEN ${figure.replaceAll(/\bm\./g, `${terms}.`)}`
  })
  return `CASE m.condition ${cases.join(' ')} END`
}

const moveSql = (event: MissionEvent) => `INSERT INTO mission_progress
    (mission_id, customer_id, progress, completed_at, target, parameters, reward, updated_at)
  SELECT f.mission_id, f.customer_id, f.figure,
    CASE WHEN f.figure >= f.target THEN CAST(? AS BIGINT) END,
    CASE WHEN f.figure >= f.target THEN f.target END,
    CASE WHEN f.figure >= f.target THEN f.parameters END,
    CASE WHEN f.figure >= f.target THEN f.reward END,
    CAST(? AS BIGINT)
  FROM (${figuresSql(event, 'm.is_active AND p.completed_at IS NULL')}) AS f
  WHERE f.figure <> f.so_far OR f.figure >= f.target
  ON CONFLICT (customer_id, mission_id) DO UPDATE SET progress = excluded.progress,
    completed_at = excluded.completed_at, target = excluded.target, parameters = excluded.parameters,
    reward = excluded.reward, updated_at = excluded.updated_at
    WHERE mission_progress.completed_at IS NULL
  RETURNING mission_id, customer_id, completed_at`

/** Materialised, and the filter such that the join stays an outer one: PostgreSQL would begin with all progress there is. */
const reopenSql = (event: MissionEvent) => `WITH f AS MATERIALIZED (
    ${figuresSql(event, 'COALESCE(p.completed_at, 0) > 0 AND p.claimed_at IS NULL', [
      ...['p.id AS progress_id', 'p.target AS promised_target', `${figureSql(event, 'p')} AS promised_figure`],
    ])}
  )
  UPDATE mission_progress SET progress = f.figure, completed_at = NULL, target = NULL, parameters = NULL, reward = NULL,
    updated_at = CAST(? AS BIGINT)
  FROM f
  WHERE mission_progress.id = f.progress_id AND mission_progress.claimed_at IS NULL
    AND f.figure < f.target AND f.promised_figure < f.promised_target`
