import { DateTime } from 'luxon'
import type { BroadcastForm } from '#admin/broadcasts/form/broadcast_form'
import { words } from '#admin/broadcasts/words'

/** What the primary button will do: `Schedule for 1 Dec 10:00`. */
export function scheduleLabel({ schedule }: Pick<BroadcastForm, 'schedule'>, zone: string, now: number): string {
  if (schedule.mode === 'now') return words('edit.schedule_now')
  const moment = DateTime.fromISO(schedule.local, { zone, locale: 'en-GB' })
  if (!moment.isValid) return words('edit.schedule')
  const isThisYear = moment.year === DateTime.fromMillis(now, { zone }).year
  const when = moment.toFormat(isThisYear ? 'd MMM HH:mm' : 'd MMM yyyy HH:mm')
  return words(schedule.mode === 'local' ? 'edit.schedule_local' : 'edit.schedule_at', { when })
}
