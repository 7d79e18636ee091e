import { DateTime } from 'luxon'
import type { Span } from '#stats/range'

/** A bar of a chart as the template draws it. */
export interface Bar {
  label: string
  value: number
}

const HOUR = 3_600_000

/** Bars named after their hour or day, in the reader's time zone. */
export function barsOf(values: number[], spans: Span[], timeZone: string): Bar[] {
  return spans.map(({ from, to }, index) => {
    const start = DateTime.fromMillis(from, { zone: timeZone, locale: 'en-GB' })
    return { label: start.toFormat(to - from <= HOUR ? 'HH:mm' : 'd MMM'), value: values[index] }
  })
}

export const sumOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0)
