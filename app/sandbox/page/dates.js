const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' })
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const short = new Intl.DateTimeFormat(undefined, { day: '2-digit', month: '2-digit', year: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })

const DAY_MS = 24 * 60 * 60 * 1000

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
const daysAgo = (date) => Math.round((startOfDay(new Date()) - startOfDay(date)) / DAY_MS)

/** All take seconds since the epoch, as the Bot API has them. */
export const timeOf = (seconds) => time.format(seconds * 1000)

export const isoOf = (seconds) => new Date(seconds * 1000).toISOString()

export const dayKey = (seconds) => startOfDay(new Date(seconds * 1000))

export function dayTitle(seconds) {
  const date = new Date(seconds * 1000)
  const ago = daysAgo(date)
  if (ago === 0) return 'Today'
  if (ago === 1) return 'Yesterday'
  return date.getFullYear() === new Date().getFullYear() ? day.format(date) : dayOfYear.format(date)
}

/** As in the chat list: the time today, the weekday this week, the date before. */
export function listTime(seconds) {
  const date = new Date(seconds * 1000)
  const ago = daysAgo(date)
  if (ago <= 0) return time.format(date)
  return ago < 7 ? weekday.format(date) : short.format(date)
}
