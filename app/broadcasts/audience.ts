import type { SegmentSource } from '#core/contracts/segment_source'
import type { BroadcastProblem } from '#broadcasts/problems'

export interface AudienceCondition {
  /** Key of a `SegmentCondition`. */
  key: string
  parameters: Record<string, string | number>
}

/** Whom a broadcast is for. Banned and unreachable customers and those who opted out are always left out. */
export type Audience =
  { kind: 'all' } | { kind: 'customer'; customerId: number } | { kind: 'segment'; conditions: AudienceCondition[] }

const MAX_CONDITIONS = 20

/** Problems of an audience, against the conditions that domains have registered. */
export function checkAudience(audience: Audience, segments: SegmentSource): BroadcastProblem[] {
  if (audience.kind === 'all') return []
  if (audience.kind === 'customer') {
    return Number.isSafeInteger(audience.customerId) ? [] : [{ field: 'audience.customerId', code: 'unknown_customer' }]
  }
  const { conditions } = audience
  if (conditions.length === 0) return [{ field: 'audience.conditions', code: 'no_conditions' }]
  if (conditions.length > MAX_CONDITIONS) {
    return [{ field: 'audience.conditions', code: 'too_many_conditions', params: { limit: MAX_CONDITIONS } }]
  }
  return conditions.flatMap((condition, index) => checkCondition(condition, `audience.conditions.${index}`, segments))
}

function checkCondition({ key, parameters }: AudienceCondition, field: string, segments: SegmentSource) {
  const definition = segments.find(key)
  if (!definition) return [{ field, code: 'unknown_condition', params: { key } }]
  return definition.parameters.flatMap((parameter): BroadcastProblem[] => {
    const value = parameters[parameter.name]
    const at = `${field}.${parameter.name}`
    if (parameter.kind === 'choice') {
      return parameter.choices?.includes(String(value)) ? [] : [{ field: at, code: 'unknown_choice' }]
    }
    const min = parameter.min ?? Number.MIN_SAFE_INTEGER
    const max = parameter.max ?? Number.MAX_SAFE_INTEGER
    const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
    return fits ? [] : [{ field: at, code: 'integer_range', params: { min, max } }]
  })
}
