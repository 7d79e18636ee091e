import type { ScheduleInput } from '#broadcasts/input'

export interface ScheduleFields {
  mode: ScheduleInput['mode']
  local: string | null
}

/** `zone` is the admin's. A missing date stays one, which the domain refuses. */
export const scheduleInput = ({ mode, local }: ScheduleFields, zone: string): ScheduleInput & { zone: string } =>
  mode === 'now' ? { mode, zone } : { mode, local: local ?? '', zone }
