const DAY = 86_400_000
const WEEK = 7 * DAY

/** What the leaderboard adds up over; months and weeks are those of UTC, weeks as ISO 8601 counts them. */
export const PERIOD_KINDS = ['all', 'month', 'week'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

/** `all`, `2026-11`, `2026-W47`. */
export function periodOf(kind: PeriodKind, at: number): string {
  switch (kind) {
    case 'all':
      return 'all'
    case 'month':
      return new Date(at).toISOString().slice(0, 7)
    case 'week':
      return weekOf(at)
  }
}

/** Those that a moment falls into. */
export const periodsOf = (at: number) => PERIOD_KINDS.map((kind) => periodOf(kind, at))

/** Midnight of the Monday before, UTC. */
export function startOfWeek(at: number): number {
  const day = Math.floor(at / DAY)
  return (day - weekdayOf(day)) * DAY
}

export const endOfWeek = (at: number) => startOfWeek(at) + WEEK

/** The year of a week is that of its Thursday. */
function weekOf(at: number): string {
  const thursday = startOfWeek(at) + 3 * DAY
  const year = new Date(thursday).getUTCFullYear()
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / WEEK) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** Monday is 0; the epoch began on a Thursday. */
const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7

/** The moment a week of ISO 8601 begins: `2026-W47`. */
export function startOfPeriod(week: string): number {
  const [year, number] = week.split('-W').map(Number)
  return startOfWeek(Date.UTC(year, 0, 4)) + (number - 1) * WEEK
}
