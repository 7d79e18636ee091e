import { DateTime } from 'luxon'

/** Wall clock times, `HH:mm`; a window may run over midnight. */
export interface QuietHours {
  from: string
  to: string
}

/** When the quiet hours that hold at `instant` in `zone` are over; null when none hold. */
export function quietUntil(hours: QuietHours, zone: string, instant: number): number | null {
  const local = DateTime.fromMillis(instant, { zone })
  const time = local.toFormat('HH:mm')
  const overMidnight = hours.from > hours.to
  const isQuiet = overMidnight ? time >= hours.from || time < hours.to : time >= hours.from && time < hours.to
  if (!isQuiet) return null

  const day = overMidnight && time >= hours.from ? local.plus({ days: 1 }) : local
  const [hour, minute] = hours.to.split(':').map(Number)
  return day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis()
}
