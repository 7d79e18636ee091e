import { DateTime } from 'luxon'

/** Narrow no-break space: groups of three stay on one line. */
export const THIN_SPACE = '\u202F'

export const CAPPED_AT = 10_000

/** A count that stops at `CAPPED_AT`: enough for a footer, cheap over millions of rows. */
export interface CappedCount {
  value: number
  capped: boolean
}

/** `48213` as `48 213`. */
export function formatNumber(value: number, fractionDigits = 0): string {
  const [whole, fraction] = Math.abs(value).toFixed(fractionDigits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  const sign = value < 0 && Number(value.toFixed(fractionDigits)) !== 0 ? '-' : ''
  return sign + grouped + (fraction ? `.${fraction}` : '')
}

/** `10 000+` when counting stopped there. */
export function formatCount(count: CappedCount | number): string {
  if (typeof count === 'number') return formatNumber(count)
  return formatNumber(count.value) + (count.capped ? '+' : '')
}

/** `12 Mar 2026, 14:05`, in the reader's time zone. */
export function formatInstant(at: number, timeZone: string): string {
  return inZone(at, timeZone).toFormat('d MMM yyyy, HH:mm')
}

/** `12 Mar 2026`. */
export function formatDate(at: number, timeZone: string): string {
  return inZone(at, timeZone).toFormat('d MMM yyyy')
}

/** `12 March 2026, 14:05:09 GMT+2`: for titles, where nothing is left out. */
export function formatFull(at: number, timeZone: string): string {
  return inZone(at, timeZone).toFormat('d MMMM yyyy, HH:mm:ss ZZZZ')
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS: Array<[below: number, unit: number, suffix: string]> = [
  [HOUR, MINUTE, 'min'],
  [DAY, HOUR, 'h'],
  [30 * DAY, DAY, 'd'],
]

/** `just now`, `2 min ago`, `in 3 h`, `yesterday`; from a month on the date itself. */
export function formatRelative(at: number, now: number, timeZone: string): string {
  const distance = Math.abs(now - at)
  if (distance < MINUTE) return 'just now'
  const step = STEPS.find(([below]) => distance < below)
  if (!step) return formatDate(at, timeZone)
  const [, unit, suffix] = step
  const amount = Math.floor(distance / unit)
  if (suffix === 'd' && amount === 1) return at < now ? 'yesterday' : 'tomorrow'
  return at < now ? `${amount} ${suffix} ago` : `in ${amount} ${suffix}`
}

/** `17 min 43 s`, `2 h 5 min`, `3 d 4 h`: the two largest units. */
export function formatDuration(milliseconds: number): string {
  const parts: Array<[number, string]> = [
    [Math.floor(milliseconds / DAY), 'd'],
    [Math.floor((milliseconds % DAY) / HOUR), 'h'],
    [Math.floor((milliseconds % HOUR) / MINUTE), 'min'],
    [Math.floor((milliseconds % MINUTE) / 1000), 's'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  if (first === -1) return '0 s'
  const shown = parts.slice(first, first + 2).filter(([amount]) => amount > 0)
  return shown.map(([amount, unit]) => `${formatNumber(amount)} ${unit}`).join(' ')
}

function inZone(at: number, timeZone: string) {
  return DateTime.fromMillis(at, { zone: timeZone, locale: 'en-GB' })
}
