import type { SegmentCondition, SegmentParameter, SegmentSource } from '#core/contracts/segment_source'
import type { ConditionFields } from '#admin/broadcasts/form/broadcast_form'
import { hasWords, words } from '#admin/broadcasts/words'

/** A piece of a condition's sentence: words, or a field that stands in them. */
export interface ConditionPiece {
  text?: string
  name?: string
  label?: string
  value?: string
  choices?: Array<{ value: string; text: string }>
}

const MARK = '\u0001'

/** "Active in the last [90] days" as words and fields; a condition without words of its own is shown by its key. */
export function conditionPieces(segments: SegmentSource, { key, parameters }: ConditionFields): ConditionPiece[] {
  const definition = segments.find(key)
  if (!definition) return [{ text: key }]
  const marks = definition.parameters.map(({ name }) => [name, MARK + name + MARK])
  const sentence = sentenceOf(definition, Object.fromEntries(marks))
  return sentence.split(MARK).flatMap((part, index): ConditionPiece[] => {
    if (index % 2 === 0) return part ? [{ text: part }] : []
    const parameter = definition.parameters.find(({ name }) => name === part)!
    return [fieldOf(parameter, parameters[part] ?? '')]
  })
}

/** The whole sentence, for lists and for screen readers. */
export function conditionSentence(segments: SegmentSource, fields: ConditionFields): string {
  const definition = segments.find(fields.key)
  if (!definition) return fields.key
  const values = definition.parameters.map(({ name }) => [name, choiceText(name, fields.parameters[name] ?? '')])
  return sentenceOf(definition, Object.fromEntries(values))
}

/** For the menu from which a condition is added. */
export function conditionTitle(condition: SegmentCondition): string {
  const blanks = condition.parameters.map(({ name }) => [name, '…'])
  return sentenceOf(condition, Object.fromEntries(blanks))
}

function sentenceOf({ key, parameters }: SegmentCondition, values: Record<string, string>) {
  if (hasWords(`conditions.${key}`)) return words(`conditions.${key}`, values)
  return [key, ...parameters.map(({ name }) => values[name])].join(' ')
}

function fieldOf({ name, kind, choices = [] }: SegmentParameter, value: string): ConditionPiece {
  const label = hasWords(`parameters.${name}`) ? words(`parameters.${name}`) : name
  if (kind === 'integer') return { name, label, value }
  return { name, label, value, choices: choices.map((choice) => ({ value: choice, text: choiceText(name, choice) })) }
}

function choiceText(name: string, choice: string) {
  return hasWords(`choices.${name}.${choice}`) ? words(`choices.${name}.${choice}`) : choice
}
