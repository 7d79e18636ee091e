import type { ScheduleInput } from '#broadcasts/input'
import { isTimeZone } from '#customers/time_zones'
import { EARLIEST_ZONE, instantOf, localOf } from '#broadcasts/schedule/wall_clock'
import type { ScheduleMode } from '#broadcasts/values'

/** The columns of a scheduled broadcast. */
export interface SchedulePlan {
  scheduleMode: ScheduleMode
  scheduledAt: number
  scheduledLocal: string
  scheduleZone: string
}

export type PlanResult = { ok: true; plan: SchedulePlan } | { ok: false; code: 'bad_date' | 'bad_zone' | 'past_date' }

/** Turns what the admin chose into instants. A moment that has passed is no plan. */
export function planSchedule(input: ScheduleInput, now: number): PlanResult {
  const zone = input.zone ?? 'UTC'
  if (!isTimeZone(zone)) return { ok: false, code: 'bad_zone' }
  if (input.mode === 'now') {
    return {
      ok: true,
      plan: {
        scheduleMode: 'moment',
        scheduledAt: now,
        scheduledLocal: localOf(now, zone),
        scheduleZone: zone,
      },
    }
  }
  const inAdminsZone = instantOf(input.local, zone)
  if (inAdminsZone === null) return { ok: false, code: 'bad_date' }
  if (inAdminsZone < now) return { ok: false, code: 'past_date' }

  const scheduledAt = input.mode === 'local' ? instantOf(input.local, EARLIEST_ZONE)! : inAdminsZone
  return {
    ok: true,
    plan: { scheduleMode: input.mode, scheduledAt, scheduledLocal: input.local, scheduleZone: zone },
  }
}
