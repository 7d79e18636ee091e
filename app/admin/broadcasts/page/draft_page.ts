import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { LANGUAGES } from '#customers/languages'
import { markupProblem } from '#broadcasts/content/markup_problem'
import { readSource } from '#broadcasts/markup/read_source'
import type Broadcast from '#broadcasts/models/broadcast'
import type { BroadcastProblem } from '#broadcasts/problems'
import { LongestFillQuery } from '#broadcasts/queries/longest_fill_query'
import { checkAudience } from '#broadcasts/audience'
import { isWritten, type BroadcastForm } from '#admin/broadcasts/form/broadcast_form'
import { botScreens } from '#admin/broadcasts/page/bot_screens'
import { AudienceFigureReader } from '#admin/broadcasts/page/audience_figures'
import { EditPage } from '#admin/broadcasts/page/edit_page'
import { FieldProblems, problemText } from '#admin/broadcasts/page/field_problems'
import { mediaFacts, type MediaFacts } from '#admin/broadcasts/page/media_facts'
import { phonePreview, type PreviewContent } from '#admin/broadcasts/page/phone_preview'
import { previewCustomer } from '#admin/broadcasts/page/preview_customer'
import { scheduleLabel } from '#admin/broadcasts/page/schedule_label'
import { formatNumber } from '#admin/shared/format'
import { words } from '#admin/broadcasts/words'

export interface DraftPageInput {
  broadcast: Broadcast
  form: BroadcastForm
  /** The one that `audience.customer` names. */
  customerId: number | null
  zone: string
  problems?: readonly BroadcastProblem[]
  isUnsaved: boolean
  isStale?: boolean
  /** Shows the preview with the next customer. */
  anotherCustomer?: boolean
  /** Looks at everybody: numbers of the audience, the longest text. */
  counts: boolean
}

/** Gathers what the page of a draft shows beside the form itself. */
@inject()
export class DraftPage {
  constructor(
    private clock: Clock,
    private segments: SegmentSource,
    private figures: AudienceFigureReader,
    private longestFill: LongestFillQuery
  ) {}

  async build(input: DraftPageInput): Promise<EditPage> {
    const { form, zone } = input
    const media = await mediaFacts(mediaKeys(form))
    const content = contentOf(form, media)
    return new EditPage({
      broadcast: input.broadcast,
      form,
      problems: new FieldProblems(input.problems),
      segments: this.segments,
      scheduleLabel: scheduleLabel(form, zone, this.clock.now()),
      media,
      botScreens: botScreens(),
      preview: phonePreview(content, await this.#customer(input), this.clock.now(), zone),
      count: input.counts ? await this.figures.read(form.toInput(this.segments, input.customerId)) : null,
      longest: input.counts ? await this.#longest(input, content.html) : '',
      isUnsaved: input.isUnsaved,
      isStale: input.isStale ?? false,
    })
  }

  #customer({ form, customerId, anotherCustomer = false }: DraftPageInput) {
    return previewCustomer(this.segments, {
      audience: form.toInput(this.segments, customerId).audience,
      locale: form.previewLocale,
      id: form.previewCustomer,
      another: anotherCustomer,
      now: this.clock.now(),
    })
  }

  async #longest({ form, customerId }: DraftPageInput, html: string | null) {
    const { audience } = form.toInput(this.segments, customerId)
    if (!html || checkAudience(audience, this.segments).length) return ''
    const { length, customerId: id } = await this.longestFill.handle(html, audience)
    return id === null ? '' : words('edit.longest', { id: formatNumber(id), length: formatNumber(length) })
  }
}

const mediaKeys = (form: BroadcastForm) =>
  LANGUAGES.flatMap((locale) => form.variantNames.flatMap((name) => form.variants[locale][name].mediaKey ?? []))

/** What readers of the shown language get: the default one when theirs is missing. */
function contentOf(form: BroadcastForm, media: Map<string, MediaFacts>): PreviewContent {
  const name = form.test.on ? form.previewVariant : 'A'
  const locale = isWritten(form.variants[form.previewLocale][name]) ? form.previewLocale : form.defaultLocale
  const { source, format, buttons, mediaKey } = form.variantInput(locale, name)
  const imageUrl = media.get(mediaKey ?? '')?.url ?? null
  const reading = readSource(source, format)
  if (reading.ok) return { locale, html: reading.markup.html, buttons, imageUrl, problem: null }
  const problem = markupProblem(reading.error, source, '')
  return { locale, html: null, buttons, imageUrl, problem: problemText(problem) }
}
