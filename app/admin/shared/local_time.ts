import { DateTime } from 'luxon'

const FORMAT = "yyyy-MM-dd'T'HH:mm"

/** A moment as `<input type="datetime-local">` takes it, in the reader's time zone; empty for null. */
export const localTimeOf = (at: number | null, timeZone: string) =>
  at === null ? '' : DateTime.fromMillis(at, { zone: timeZone }).toFormat(FORMAT)

/** Midnight after a moment, in the reader's time zone. */
export const endOfDay = (at: number, timeZone: string) =>
  DateTime.fromMillis(at, { zone: timeZone }).endOf('day').toMillis() + 1

/** What that input posted as an instant; undefined for what is no moment. */
export function instantOf(local: string, timeZone: string): number | undefined {
  const moment = DateTime.fromISO(local, { zone: timeZone })
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local) && moment.isValid ? moment.toMillis() : undefined
}
