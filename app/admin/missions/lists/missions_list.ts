import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { CONDITION_NAMES } from '#markets/missions/conditions'
import Mission from '#markets/models/mission'
import { PROGRESS_BY_MISSION } from '#markets/queries/mission_totals_query'
import type { ConditionTexts } from '#admin/missions/page/condition_words'
import { decimalOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { choice, startsWith, yesNo } from '#admin/shared/list_filters'

export interface MissionRow {
  mission: Mission
  /** What it counts, in words. */
  condition: string
  /** Customers who have begun, can claim, have claimed. */
  started: number
  claimable: number
  claimed: number
  promised: Money
  paid: Money
}

/** In the order of the bot. */
export const missionsList = (texts: ConditionTexts) =>
  defineList<MissionRow>({
    name: 'missions',
    id: 'missions.id',
    query: () =>
      db
        .from('missions')
        .joinRaw(`LEFT JOIN ${PROGRESS_BY_MISSION} ON progress.mission_id = missions.id`)
        .select('missions.*', 'started', 'claimable', 'claimed', 'promised', 'paid'),
    map: (row) => rowOf(row, texts),
    search: [startsWith('missions', 'code', { normalise: (text) => text.trim().toUpperCase() })],
    filters: {
      condition: choice(CONDITION_NAMES, (query, name) => query.where('missions.condition', name)),
      active: yesNo(
        (query) => query.where('missions.is_active', true),
        (query) => query.where('missions.is_active', false)
      ),
    },
    sorts: { position: 'missions.position', code: 'missions.code', reward: 'missions.reward' },
    defaultSort: 'position',
    csv: {
      code: ({ mission }) => mission.code,
      title: ({ mission }) => mission.titleIn('en'),
      condition: ({ condition }) => condition,
      target: ({ mission }) => mission.target,
      reward: ({ mission }) => decimalOf(mission.rewardMoney),
      active: ({ mission }) => mission.isActive,
      on_the_way: (row) => row.started,
      to_claim: (row) => row.claimable,
      claimed: (row) => row.claimed,
      promised: (row) => decimalOf(row.promised),
      paid: (row) => decimalOf(row.paid),
    },
  })

export async function missionRow(id: number, texts: ConditionTexts): Promise<MissionRow> {
  const row = await missionsList(texts).definition.query().where('missions.id', id).firstOrFail()
  return rowOf(row, texts)
}

function rowOf(row: any, texts: ConditionTexts): MissionRow {
  const mission = Mission.$createFromAdapterResult(row)!
  const [started, claimable, claimed] = [row.started, row.claimable, row.claimed].map((count) => Number(count ?? 0))
  const [promised, paid] = [row.promised, row.paid].map((sum) => Money.of(BigInt(sum ?? 0), 'PRED'))
  return { mission, condition: texts.of(mission), started, claimable, claimed, promised, paid }
}
