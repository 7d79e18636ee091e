import { DateTime } from 'luxon'

export const RANGES = ['24h', '7d', '30d', '90d'] as const
export type Range = (typeof RANGES)[number]

const STEPS: Record<Range, { count: number; unit: 'hour' | 'day' }> = {
  '24h': { count: 24, unit: 'hour' },
  '7d': { count: 7, unit: 'day' },
  '30d': { count: 30, unit: 'day' },
  '90d': { count: 90, unit: 'day' },
}

/** One bar of a chart: from `from` up to and without `to`, epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

/** The hours or days of a range, the current one last, cut at the boundaries of the reader's time zone. */
export function spansOf(range: Range, timeZone: string, now: number): Span[] {
  const { count, unit } = STEPS[range]
  const current = DateTime.fromMillis(now, { zone: timeZone }).startOf(unit)
  return Array.from({ length: count }, (_, index) => {
    const start = current.minus({ [unit]: count - 1 - index })
    return { from: start.toMillis(), to: start.plus({ [unit]: 1 }).toMillis() }
  })
}
