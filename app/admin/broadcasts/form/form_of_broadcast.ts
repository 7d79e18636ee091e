import { DateTime } from 'luxon'
import type Broadcast from '#broadcasts/models/broadcast'
import type BroadcastVariant from '#broadcasts/models/broadcast_variant'
import { toButtonFields } from '#admin/broadcasts/form/button_rows'
import { BroadcastForm } from '#admin/broadcasts/form/broadcast_form'
import { toConditionFields } from '#admin/broadcasts/form/conditions'

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/

interface Reader {
  timeZone: string
  now: number
  /** @username or Telegram id of the one customer it is for. */
  customer: string
  /** Of the address: what was chosen before the draft was last saved. */
  schedule: Record<string, unknown>
}

/** The form of a draft as it was saved. */
export function formOfBroadcast(broadcast: Broadcast, variants: BroadcastVariant[], reader: Reader): BroadcastForm {
  const form = new BroadcastForm()
  const { audience, quietHours } = broadcast
  Object.assign(form, {
    revision: broadcast.revision,
    title: broadcast.title,
    category: broadcast.category,
    defaultLocale: broadcast.defaultLocale,
    audience: {
      kind: audience.kind,
      customer: reader.customer,
      conditions: audience.kind === 'segment' ? audience.conditions.map(toConditionFields) : [],
      add: '',
    },
    quiet: { on: quietHours !== null, from: quietHours?.from ?? '22:00', to: quietHours?.to ?? '08:00' },
    sendOnceKey: broadcast.sendOnceKey ?? '',
    paid: Boolean(broadcast.paid),
    test: { on: broadcast.abShare !== null, share: broadcast.abShare ?? 20 },
    recurrence: broadcast.recurrence,
    schedule: scheduleOf(broadcast, reader),
    previewLocale: broadcast.defaultLocale,
  } satisfies Partial<BroadcastForm>)
  for (const { locale, variant, html, buttons, mediaKey } of variants) {
    form.variants[locale][variant] = { source: html, format: 'html', mediaKey, buttons: toButtonFields(buttons) }
  }
  return form
}

/** As chosen just now, else as it was scheduled once, else a proposal. */
function scheduleOf({ scheduleMode, scheduledLocal }: Broadcast, reader: Reader): BroadcastForm['schedule'] {
  const { mode, local } = reader.schedule
  const isChosen = mode === 'now' || mode === 'moment' || mode === 'local'
  return {
    mode: isChosen ? mode : (scheduleMode ?? 'moment'),
    local: typeof local === 'string' && LOCAL.test(local) ? local : (scheduledLocal ?? tomorrowAtTen(reader)),
  }
}

function tomorrowAtTen({ now, timeZone }: Reader) {
  return DateTime.fromMillis(now, { zone: timeZone })
    .plus({ days: 1 })
    .set({ hour: 10, minute: 0 })
    .toFormat("yyyy-MM-dd'T'HH:mm")
}
