import { DateTime } from 'luxon'

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/

/** The zone in which a day begins first. */
export const EARLIEST_ZONE = 'Pacific/Kiritimati'

/**
 * The instant at which clocks of `zone` show `local` (`YYYY-MM-DDTHH:mm`), or null when that is no time at all. A time
 * that the change to summer time skips is the one as much later; of one that comes twice, the first is meant.
 */
export function instantOf(local: string, zone: string): number | null {
  if (!LOCAL.test(local)) return null
  const moment = DateTime.fromISO(local, { zone })
  return moment.isValid ? moment.toMillis() : null
}

/** What clocks of `zone` show at an instant, as `YYYY-MM-DDTHH:mm`. */
export function localOf(instant: number, zone: string): string {
  return DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm")
}

/** Midnight before `instant`, on clocks of `zone`. */
export const startOfDay = (instant: number, zone: string) =>
  DateTime.fromMillis(instant, { zone }).startOf('day').toMillis()
