import type { SegmentSource } from '#core/contracts/segment_source'
import type { AudienceCondition } from '#broadcasts/audience'
import type { ConditionFields } from '#admin/broadcasts/form/broadcast_form'

/** Fields are text; what is no whole number stays text, which the domain refuses by name. */
export function readParameters(
  segments: SegmentSource,
  key: string,
  fields: Record<string, string>
): AudienceCondition {
  const integers = (segments.find(key)?.parameters ?? []).filter(({ kind }) => kind === 'integer')
  const parameters: AudienceCondition['parameters'] = { ...fields }
  for (const { name } of integers) {
    if (/^-?\d{1,15}$/.test(fields[name] ?? '')) parameters[name] = Number(fields[name])
  }
  return { key, parameters }
}

export function toConditionFields({ key, parameters }: AudienceCondition): ConditionFields {
  return {
    key,
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
  }
}

/** A condition just added: the first choice, the least number a person would mean. */
export function newCondition(segments: SegmentSource, key: string): ConditionFields | null {
  const definition = segments.find(key)
  if (!definition) return null
  const initial = definition.parameters.map(({ name, kind, choices, min }) => {
    return [name, kind === 'choice' ? (choices?.[0] ?? '') : String(name === 'days' ? 30 : (min ?? 1))]
  })
  return { key, parameters: Object.fromEntries(initial) }
}
