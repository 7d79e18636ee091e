import type { StoredVariant } from '#broadcasts/content/variant_set'
import type { MarkupError } from '#broadcasts/markup/markup_error'
import { lineAndColumn } from '#broadcasts/markup/position'
import { readSource } from '#broadcasts/markup/read_source'
import type { BroadcastProblem } from '#broadcasts/problems'

/** What is wrong with a text and where, for people. */
export function markupProblem(
  { code, params, position }: MarkupError,
  source: string,
  field: string
): BroadcastProblem {
  return { field, code, params: { ...params, position, ...lineAndColumn(source, position) } }
}

/** What is wrong with a stored text: one that was saved under milder rules may break those of today. */
export function storedProblem({ locale, variant, html }: Pick<StoredVariant, 'locale' | 'variant' | 'html'>) {
  const reading = readSource(html, 'html')
  return reading.ok ? null : markupProblem(reading.error, html, `variants.${locale}.${variant}.source`)
}
