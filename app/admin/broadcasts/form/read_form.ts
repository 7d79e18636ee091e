import type { Infer } from '@vinejs/vine/types'
import { LANGUAGES } from '#customers/languages'
import { VARIANTS } from '#broadcasts/values'
import { URL_KIND } from '#admin/broadcasts/form/button_rows'
import { BroadcastForm, emptyVariant, type VariantFields } from '#admin/broadcasts/form/broadcast_form'
import type { broadcastValidator, correctionValidator } from '#admin/broadcasts/validators/broadcast'

type Posted = Infer<typeof broadcastValidator>
type PostedContent = Infer<typeof correctionValidator>
type PostedVariant = NonNullable<PostedContent['variants']['en']['A']>

/** The form as it was posted. */
export function readForm(posted: Posted): BroadcastForm {
  const form = new BroadcastForm()
  const { audience, quiet, test, schedule } = posted
  Object.assign(form, {
    revision: posted.revision,
    title: posted.title ?? '',
    category: posted.category,
    defaultLocale: posted.defaultLocale,
    audience: {
      kind: audience.kind,
      customer: audience.customer ?? '',
      conditions: audience.conditions.map(({ key, parameters }) => ({ key, parameters: withoutNulls(parameters) })),
      add: audience.add ?? '',
    },
    quiet: { on: Boolean(posted.quietOn), from: quiet.from ?? '', to: quiet.to ?? '' },
    sendOnceKey: posted.sendOnceKey ?? '',
    paid: Boolean(posted.paid),
    test: { on: Boolean(posted.testOn), share: test.share ?? Number.NaN },
    recurrence: posted.recurrence,
    schedule: { mode: schedule.mode, local: schedule.local ?? '' },
  } satisfies Partial<BroadcastForm>)
  return readContent(form, posted)
}

/** Puts the posted texts, images and buttons into a form. */
export function readContent(form: BroadcastForm, posted: PostedContent): BroadcastForm {
  form.previewLocale = posted.previewLocale ?? form.defaultLocale
  form.previewVariant = posted.previewVariant ?? 'A'
  form.previewCustomer = posted.previewCustomer ?? null
  for (const locale of LANGUAGES) {
    for (const variant of VARIANTS) form.variants[locale][variant] = readVariant(posted.variants[locale][variant])
  }
  return form
}

function readVariant(posted: PostedVariant | undefined): VariantFields {
  if (!posted) return emptyVariant()
  return {
    source: (posted.source ?? '').replace(/\r\n?/g, '\n'),
    format: posted.format,
    mediaKey: posted.mediaKey ?? null,
    buttons: posted.buttons.map(({ row, text, kind, url }) => ({
      row,
      text: text ?? '',
      kind: kind ?? URL_KIND,
      url: url ?? '',
    })),
  }
}

const withoutNulls = (values: Record<string, string | null> = {}) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']))
