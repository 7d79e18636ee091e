import { parseMoney } from '#core/money/parse_money'
import { ok, refuse, type Result } from '#core/result'
import { LANGUAGES, type Language } from '#customers/languages'
import { CONDITIONS, type ConditionName, type MissionParameter } from '#markets/missions/conditions'
import type { MissionFields, MissionParameters } from '#markets/missions/mission_input'

/** As posted: `title_en`, `description_uk`, `parameter_min`. */
export interface PostedMission {
  emoji?: string
  target?: string
  reward?: string
  isActive?: unknown
  [field: `${'title' | 'description' | 'parameter'}_${string}`]: string | undefined
}

/** Reads a posted mission; what may be is for the action to judge. A refusal of an amount names its `field`. */
export function readMission(condition: ConditionName, posted: PostedMission): Result<MissionFields> {
  const reward = parseMoney(posted.reward ?? '', 'PRED')
  if (!reward.ok) return refuse(reward.refusal.code, { ...reward.refusal.params, field: 'reward' })
  return ok({
    parameters: readParameters(CONDITIONS[condition].parameters, posted),
    target: wholeNumber(posted.target),
    reward: reward.value,
    emoji: posted.emoji ?? '',
    titles: wordsOf('title', posted),
    descriptions: wordsOf('description', posted),
    isActive: posted.isActive !== undefined,
  })
}

function readParameters(known: readonly MissionParameter[], posted: PostedMission): MissionParameters {
  const pairs = known.map(({ name, kind }) => [name, readParameter(kind, posted[`parameter_${name}`])])
  return Object.fromEntries(pairs)
}

function readParameter(kind: MissionParameter['kind'], text = '') {
  if (kind === 'boolean') return text !== ''
  return kind === 'amount' ? wholeNumber(text) : text
}

/** Languages that nothing was written in fall back on English. */
function wordsOf(name: 'title' | 'description', posted: PostedMission): Partial<Record<Language, string>> {
  const written = LANGUAGES.map((language) => [language, posted[`${name}_${language}`]] as const)
  return Object.fromEntries(written.filter(([, text]) => text))
}

/** Groups may be parted by spaces; NaN for anything else, which no rule takes. */
const wholeNumber = (text = '') => (/^\d[\d\s]*$/.test(text.trim()) ? Number(text.replaceAll(/\s/g, '')) : Number.NaN)
