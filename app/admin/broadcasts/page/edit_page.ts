import { LANGUAGES, type Language } from '#customers/languages'
import { NEWS_CATEGORIES } from '#customers/news_categories'
import type { SegmentSource } from '#core/contracts/segment_source'
import type Broadcast from '#broadcasts/models/broadcast'
import { PLACEHOLDERS } from '#broadcasts/markup/placeholders'
import { readSource } from '#broadcasts/markup/read_source'
import { CAPTION_LIMIT, RECURRENCES, TEXT_LIMIT, type Variant } from '#broadcasts/values'
import { EMPTY_BUTTON, groupRows } from '#admin/broadcasts/form/button_rows'
import type { BroadcastForm } from '#admin/broadcasts/form/broadcast_form'
import { inputId, inputName } from '#admin/broadcasts/form/field_names'
import type { AudienceFigures } from '#admin/broadcasts/page/audience_figures'
import { conditionPieces, conditionSentence, conditionTitle } from '#admin/broadcasts/page/condition_words'
import type { FieldProblems } from '#admin/broadcasts/page/field_problems'
import type { MediaFacts } from '#admin/broadcasts/page/media_facts'
import type { PhonePreview } from '#admin/broadcasts/page/phone_preview'
import { editorTools } from '#admin/broadcasts/page/tools'
import { pathTo } from '#admin/broadcasts/paths'
import { words } from '#admin/broadcasts/words'

interface EditPageParts {
  broadcast: Broadcast
  form: BroadcastForm
  problems: FieldProblems
  segments: SegmentSource
  scheduleLabel: string
  media: Map<string, MediaFacts>
  botScreens: Array<{ action: string; name: string }>
  preview: PhonePreview
  /** Null when only another part of the page was asked for. */
  count: AudienceFigures | null
  /** `Longest after filling: customer #18 204, 341`, of the text that the preview shows. */
  longest: string
  /** The form holds something that is not saved. */
  isUnsaved: boolean
  /** Somebody else saved meanwhile. */
  isStale: boolean
}

/** What the page of a draft shows. */
export class EditPage {
  readonly placeholders = PLACEHOLDERS
  readonly name = inputName
  readonly id = inputId

  constructor(private readonly parts: EditPageParts) {}

  get broadcast() {
    return this.parts.broadcast
  }

  get form() {
    return this.parts.form
  }

  get problems() {
    return this.parts.problems
  }

  get preview() {
    return this.parts.preview
  }

  get count() {
    return this.parts.count
  }

  get scheduleLabel() {
    return this.parts.scheduleLabel
  }

  get botScreens() {
    return this.parts.botScreens
  }

  get isStale() {
    return this.parts.isStale
  }

  /** What the page's script needs to know. */
  get formAttributes() {
    return {
      'data-broadcast-form': true,
      'data-unsaved': String(this.parts.isUnsaved),
      'data-markup': pathTo('markup'),
      'data-failed': words('preview.stale'),
      'data-markdown-lossy': words('edit.markdown_lossy'),
      'data-too-large': words('image.too_large'),
    }
  }

  get tools() {
    return editorTools()
  }

  get languages() {
    const { form, problems } = this.parts
    return LANGUAGES.map((locale) => ({
      locale,
      name: words(`languages.${locale}`),
      active: locale === form.previewLocale,
      missing: form.isMissing(locale),
      hasProblem: problems.within(`variants.${locale}`),
    }))
  }

  /** As Telegram counts; null for a source that is not correct. */
  lengthOf(locale: Language, variant: Variant): number | null {
    const { source, format } = this.form.variants[locale][variant]
    const reading = readSource(source, format)
    return reading.ok ? reading.markup.length : null
  }

  limitOf(locale: Language, variant: Variant) {
    return this.form.variants[locale][variant].mediaKey ? CAPTION_LIMIT : TEXT_LIMIT
  }

  isTooLong(locale: Language, variant: Variant) {
    return (this.lengthOf(locale, variant) ?? 0) > this.limitOf(locale, variant)
  }

  longest(locale: Language, variant: Variant): string {
    const { previewLocale, previewVariant } = this.form
    return locale === previewLocale && variant === previewVariant ? this.parts.longest : ''
  }

  /** Other texts are written that have another image, or none. */
  canShareImage(locale: Language, variant: Variant) {
    const { mediaKey } = this.form.variants[locale][variant]
    return this.form.written.some((fields) => fields.mediaKey !== mediaKey)
  }

  media(key: string | null) {
    return key ? this.parts.media.get(key) : undefined
  }

  /** Buttons in their rows, each with its number among the posted fields and its place for problems. */
  buttonRows(locale: Language, variant: Variant) {
    const fields = this.form.variants[locale][variant].buttons.map((button, index) => ({ ...button, index }))
    return groupRows(fields).map((row, rowIndex) =>
      row.map((button, column) => ({ ...EMPTY_BUTTON, ...button, at: `${rowIndex}.${column}` }))
    )
  }

  get conditions() {
    return this.form.audience.conditions.map((condition, index) => ({
      key: condition.key,
      pieces: conditionPieces(this.parts.segments, condition),
      words: conditionSentence(this.parts.segments, condition),
      problem: this.problems.firstWithin(`audience.conditions.${index}`),
    }))
  }

  get conditionChoices() {
    return this.parts.segments.all().map((condition) => ({ key: condition.key, text: conditionTitle(condition) }))
  }

  get categoryOptions() {
    return NEWS_CATEGORIES.map((value) => ({ value, text: words(`categories.${value}`) }))
  }

  get localeOptions() {
    return LANGUAGES.map((value) => ({ value, text: words(`languages.${value}`) }))
  }

  get recurrenceOptions() {
    return RECURRENCES.map((value) => ({ value, text: words(`recurrences.${value}`) }))
  }

  /** Something below "more options" is in use or wrong. */
  get hasOptions() {
    const { quiet, sendOnceKey, test, paid } = this.form
    const isWrong = ['quietHours', 'sendOnceKey', 'abShare'].some((field) => this.problems.of(field))
    return quiet.on || sendOnceKey !== '' || test.on || paid || isWrong
  }
}
