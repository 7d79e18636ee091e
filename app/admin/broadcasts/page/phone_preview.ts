import { DateTime } from 'luxon'
import type { Language } from '#customers/languages'
import { valuesOf, type ValueRow } from '#broadcasts/content/values_of'
import type { BroadcastButton } from '#broadcasts/buttons'
import { storedProblem } from '#broadcasts/content/markup_problem'
import { parseHtml } from '#broadcasts/markup/parse_html'
import { Template } from '#broadcasts/markup/template'
import type { StoredVariant } from '#broadcasts/content/variant_set'
import type { MediaFacts } from '#admin/broadcasts/page/media_facts'
import type { Sample } from '#broadcasts/queries/sample_query'
import { problemText } from '#admin/broadcasts/page/field_problems'
import { webHtml } from '#admin/broadcasts/page/web_html'

/** A message as a phone shows it. */
export interface PhonePreview {
  locale: Language
  customer: { id: number; name: string; language: string } | null
  imageUrl: string | null
  /** Safe for the browser: escaped by `webHtml`. */
  html: string
  isEmpty: boolean
  /** Why there is nothing to show. */
  problem: string | null
  buttons: Array<Array<{ text: string; url: boolean }>>
  /** `10:00` in the corner. */
  time: string
}

export interface PreviewContent {
  locale: Language
  /** Canonical, as it would be stored; null when the source is not correct. */
  html: string | null
  buttons: BroadcastButton[][]
  imageUrl: string | null
  /** Why `html` is null. */
  problem: string | null
}

/** A stored text with its image; one that was saved under milder rules may have a problem today. */
export function storedContent(text: StoredVariant, media: Map<string, MediaFacts>): PreviewContent {
  const { locale, html, buttons, mediaKey } = text
  const imageUrl = media.get(mediaKey ?? '')?.url ?? null
  const problem = storedProblem(text)
  if (!problem) return { locale, html, buttons, imageUrl, problem: null }
  return { locale, html: null, buttons, imageUrl, problem: problemText(problem) }
}

/** `at` is when it is shown to arrive, on a clock of `zone`. */
export function phonePreview(
  content: PreviewContent,
  customer: ValueRow | null,
  at: number,
  zone: string
): PhonePreview {
  const { locale, html, buttons, imageUrl, problem } = content
  const filled = html && customer ? new Template(html).fill(valuesOf(customer)) : html
  return {
    locale,
    imageUrl,
    problem,
    customer: customer && { id: customer.id, name: shortName(customer), language: customer.language },
    html: filled ? webHtml(parseHtml(filled)) : '',
    isEmpty: !html && !imageUrl && !problem,
    buttons: buttons.map((row) => row.map((button) => ({ text: button.text, url: 'url' in button }))),
    time: DateTime.fromMillis(at, { zone }).toFormat('HH:mm'),
  }
}

/** With a text that is filled already. */
export const samplePreview = (
  content: PreviewContent,
  { customerId, name, language }: Sample,
  at: number,
  zone: string
): PhonePreview => ({ ...phonePreview(content, null, at, zone), customer: { id: customerId, name, language } })

/** `Olena K.`: enough to know whom the preview is for. */
function shortName({ first_name: first, last_name: last }: ValueRow) {
  return last ? `${first} ${[...last][0]}.` : first
}
