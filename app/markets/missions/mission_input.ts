import type { Trx } from '#core/database/transaction'
import { refuse, type Refused } from '#core/result'
import type { Money } from '#core/money/money'
import type { Language } from '#customers/languages'
import { RANKS } from '#markets/bettors/ranks'
import { CONDITIONS, type ConditionName, type MissionParameter } from '#markets/missions/conditions'

type Words = Partial<Record<Language, string>>
export type MissionParameters = Record<string, string | number | boolean>

/** What an admin edits of a mission. */
export interface MissionFields {
  parameters: MissionParameters
  target: number
  reward: Money
  emoji: string
  titles: Words
  descriptions: Words
  isActive: boolean
}

const MOST = 1_000_000_000
export const LONGEST_TITLE = 60
export const LONGEST_DESCRIPTION = 300

/** What is wrong with it, or null. */
export async function faultOfMission(
  trx: Trx,
  condition: ConditionName,
  fields: MissionFields
): Promise<Refused<any> | null> {
  return faultOfFields(condition, fields) ?? (await faultOfParameters(trx, condition, fields.parameters))
}

function faultOfFields(condition: ConditionName, { target, reward, emoji, titles, descriptions }: MissionFields) {
  const most = condition === 'rank' ? 1 : MOST
  if (!Number.isInteger(target) || target < 1 || target > most) return refuse('mission_target_out_of_range', { most })
  if (reward.currency !== 'PRED' || reward.minor <= 0n || reward.minor > BigInt(MOST) * 100n)
    return refuse('mission_reward_out_of_range')
  if (emoji.trim() === '' || emoji.length > 16) return refuse('mission_emoji_required')
  if (!titles.en?.trim()) return refuse('mission_title_required')
  if (isLonger(titles, LONGEST_TITLE)) return refuse('mission_title_too_long', { longest: LONGEST_TITLE })
  if (!descriptions.en?.trim()) return refuse('mission_description_required')
  if (isLonger(descriptions, LONGEST_DESCRIPTION))
    return refuse('mission_description_too_long', { longest: LONGEST_DESCRIPTION })
  return null
}

const isLonger = (words: Words, longest: number) => Object.values(words).some((text) => text.length > longest)

async function faultOfParameters(trx: Trx, condition: ConditionName, parameters: MissionParameters) {
  const known: readonly MissionParameter[] = CONDITIONS[condition].parameters
  for (const { name, kind } of known)
    if (!(await isParameter(trx, kind, parameters[name]))) return refuse('mission_parameter_invalid', { name })
  const unknown = Object.keys(parameters).find((name) => known.every((each) => each.name !== name))
  return unknown ? refuse('mission_parameter_unknown', { name: unknown.slice(0, 40) }) : null
}

async function isParameter(trx: Trx, kind: MissionParameter['kind'], value: unknown): Promise<boolean> {
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'amount':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST
    case 'rank':
      return RANKS.some(({ rank }) => rank === value)
    case 'category':
      return typeof value === 'string' && (await trx.from('market_categories').where('slug', value).first()) !== null
  }
}

/** As the audit log keeps it. */
export const auditOfMission = ({ reward, ...fields }: Omit<MissionFields, 'reward'> & { reward: Money }) => ({
  ...fields,
  reward: reward.toDecimal(),
})
