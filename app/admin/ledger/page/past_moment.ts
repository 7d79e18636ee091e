import { DateTime } from 'luxon'

/** A moment as `datetime-local` gives it, on the reader's clock; nothing for anything else. */
export function momentOf(text: unknown, timeZone: string): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined
  const moment = DateTime.fromISO(text, { zone: timeZone })
  return moment.isValid ? moment.toMillis() : undefined
}

/** As `datetime-local` wants it. */
export const localOf = (moment: number, timeZone: string) =>
  DateTime.fromMillis(moment, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm")
