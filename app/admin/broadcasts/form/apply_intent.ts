import type { SegmentSource } from '#core/contracts/segment_source'
import { EMPTY_BUTTON } from '#admin/broadcasts/form/button_rows'
import type { BroadcastForm } from '#admin/broadcasts/form/broadcast_form'
import { newCondition } from '#admin/broadcasts/form/conditions'
import type { Intent } from '#admin/broadcasts/form/intent'

/** Changes the form as the pressed button asks; nothing is saved. */
export function applyIntent(form: BroadcastForm, intent: Intent, segments: SegmentSource) {
  switch (intent.kind) {
    case 'add_condition':
      return addCondition(form, segments)
    case 'remove_condition':
      form.audience.conditions.splice(intent.index, 1)
      return
    case 'add_button':
      return addButton(form, intent)
    case 'remove_button':
      form.variants[intent.locale][intent.variant].buttons.splice(intent.index, 1)
      return
    case 'remove_image':
      form.variants[intent.locale][intent.variant].mediaKey = null
      return
    case 'share_image':
      for (const fields of form.written) fields.mediaKey = form.variants[intent.locale][intent.variant].mediaKey
  }
}

function addCondition(form: BroadcastForm, segments: SegmentSource) {
  const condition = newCondition(segments, form.audience.add)
  if (!condition) return
  form.audience.kind = 'segment'
  form.audience.conditions.push(condition)
}

function addButton(form: BroadcastForm, { locale, variant, row }: Extract<Intent, { kind: 'add_button' }>) {
  const { buttons } = form.variants[locale][variant]
  const last = Math.max(-1, ...buttons.map((button) => button.row))
  buttons.push({ ...EMPTY_BUTTON, row: row ?? last + 1 })
}
