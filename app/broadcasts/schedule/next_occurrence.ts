import { DateTime } from 'luxon'
import { planSchedule, type SchedulePlan } from '#broadcasts/schedule/plan'
import type { Recurrence, ScheduleMode } from '#broadcasts/values'

interface Occurrence {
  recurrence: Recurrence
  scheduleMode: ScheduleMode | null
  scheduledLocal: string | null
  scheduleZone: string | null
}

const STEPS = { daily: { days: 1 }, weekly: { weeks: 1 } } as const

/**
 * The next time on the clock at which a series goes out; times missed while nothing ran are left out. Null for what
 * does not recur.
 */
export function nextOccurrence(last: Occurrence, now: number): SchedulePlan | null {
  const { recurrence, scheduleMode, scheduledLocal, scheduleZone } = last
  if (recurrence === 'none' || !scheduledLocal || !scheduleZone) return null
  const mode = scheduleMode ?? 'moment'
  for (let times = 1; ; times++) {
    const [[unit, amount]] = Object.entries(STEPS[recurrence])
    const local = DateTime.fromISO(scheduledLocal, { zone: 'UTC' })
      .plus({ [unit]: amount * times })
      .toFormat("yyyy-MM-dd'T'HH:mm")
    const planned = planSchedule({ mode, local, zone: scheduleZone }, now)
    if (planned.ok) return planned.plan
    if (planned.code !== 'past_date') return null
  }
}
