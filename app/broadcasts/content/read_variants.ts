import { isLanguage } from '#customers/languages'
import { checkButtons } from '#broadcasts/buttons'
import { markupProblem } from '#broadcasts/content/markup_problem'
import type { StoredVariant } from '#broadcasts/content/variant_set'
import type { VariantInput } from '#broadcasts/input'
import { measureHtml, readSource } from '#broadcasts/markup/read_source'
import { Template } from '#broadcasts/markup/template'
import { isInvisible } from '#broadcasts/markup/to_entities'
import type { BroadcastProblem } from '#broadcasts/problems'
import { CAPTION_LIMIT, TEXT_LIMIT, VARIANTS } from '#broadcasts/values'

/**
 * Reads what the admin wrote; an empty variant is left out. A text is too long here when nobody's name could make it
 * fit; what the real names make of it is looked at when it is scheduled.
 */
export function readVariants(inputs: VariantInput[]) {
  const problems: BroadcastProblem[] = []
  const variants: StoredVariant[] = []
  for (const input of inputs.filter((one) => one.source.trim() || one.mediaKey)) {
    const field = `variants.${input.locale}.${input.variant}`
    if (!isLanguage(input.locale) || !VARIANTS.includes(input.variant)) {
      problems.push({ field, code: 'unknown_choice' })
      continue
    }
    const reading = readSource(input.source, input.format)
    if (!reading.ok) {
      problems.push(markupProblem(reading.error, input.source, `${field}.source`))
      continue
    }
    const { html } = reading.markup
    const length = measureHtml(new Template(html).withoutBlanks)
    if (!input.mediaKey && isInvisible(reading.markup.formatted.text)) {
      problems.push({ field: `${field}.source`, code: 'empty_text' })
    }
    const limit = input.mediaKey ? CAPTION_LIMIT : TEXT_LIMIT
    if (length > limit) problems.push({ field: `${field}.source`, code: 'too_long', params: { length, limit } })
    problems.push(...checkButtons(input.buttons, field))
    variants.push({ ...input, html })
  }
  return { problems, variants }
}
