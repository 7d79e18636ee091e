import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '#customers/languages'
import type { NewsCategory } from '#customers/news_categories'
import type { SegmentSource } from '#core/contracts/segment_source'
import type { Audience } from '#broadcasts/audience'
import type { BroadcastInput, ScheduleInput, VariantInput } from '#broadcasts/input'
import { VARIANTS, type Recurrence, type SourceFormat, type Variant } from '#broadcasts/values'
import { toButtonRows, type ButtonFields } from '#admin/broadcasts/form/button_rows'
import { readParameters } from '#admin/broadcasts/form/conditions'

export interface VariantFields {
  source: string
  format: SourceFormat
  mediaKey: string | null
  buttons: ButtonFields[]
}

export interface ConditionFields {
  key: string
  parameters: Record<string, string>
}

export interface AudienceFields {
  kind: Audience['kind']
  /** As typed: a Telegram id or @username. */
  customer: string
  conditions: ConditionFields[]
  /** Chosen in "Add a condition". */
  add: string
}

export const emptyVariant = (): VariantFields => ({ source: '', format: 'html', mediaKey: null, buttons: [] })

export const isWritten = (fields: VariantFields) => fields.source.trim() !== '' || fields.mediaKey !== null

/** Everything the form of a draft holds, valid or not: what was typed is never lost. */
export class BroadcastForm {
  revision = 0
  title = ''
  category: NewsCategory = 'announcements'
  defaultLocale: Language = DEFAULT_LANGUAGE
  variants = Object.fromEntries(
    LANGUAGES.map((locale) => [locale, { A: emptyVariant(), B: emptyVariant() }])
  ) as Record<Language, Record<Variant, VariantFields>>
  audience: AudienceFields = { kind: 'all', customer: '', conditions: [], add: '' }
  quiet = { on: false, from: '', to: '' }
  sendOnceKey = ''
  paid = false
  test = { on: false, share: 20 }
  recurrence: Recurrence = 'none'
  schedule: { mode: ScheduleInput['mode']; local: string } = { mode: 'moment', local: '' }
  previewLocale: Language = DEFAULT_LANGUAGE
  previewVariant: Variant = 'A'
  previewCustomer: number | null = null

  /** The sides of the A/B test, or the one text there is. */
  get variantNames(): readonly Variant[] {
    return this.test.on ? VARIANTS : ['A']
  }

  /** Texts that would be sent. */
  get written(): VariantFields[] {
    const all = LANGUAGES.flatMap((locale) => this.variantNames.map((variant) => this.variants[locale][variant]))
    return all.filter(isWritten)
  }

  isMissing(locale: Language) {
    return this.variantNames.some((variant) => !isWritten(this.variants[locale][variant]))
  }

  /** `customerId` is the one that `audience.customer` names, when it names one. */
  toInput(segments: SegmentSource, customerId: number | null): BroadcastInput {
    return {
      title: this.title,
      category: this.category,
      defaultLocale: this.defaultLocale,
      audience: this.#audience(segments, customerId),
      quietHours: this.quiet.on ? { from: this.quiet.from, to: this.quiet.to } : null,
      sendOnceKey: this.sendOnceKey || null,
      paid: this.paid,
      abShare: this.test.on ? this.test.share : null,
      recurrence: this.recurrence,
      variants: LANGUAGES.flatMap((locale) => this.variantNames.map((variant) => this.variantInput(locale, variant))),
    }
  }

  variantInput(locale: Language, variant: Variant): VariantInput {
    const { source, format, mediaKey, buttons } = this.variants[locale][variant]
    return { locale, variant, source, format, mediaKey, buttons: toButtonRows(buttons) }
  }

  #audience(segments: SegmentSource, customerId: number | null): Audience {
    const { kind, conditions } = this.audience
    if (kind === 'all') return { kind }
    if (kind === 'customer') return { kind, customerId: customerId ?? Number.NaN }
    return { kind, conditions: conditions.map(({ key, parameters }) => readParameters(segments, key, parameters)) }
  }
}
