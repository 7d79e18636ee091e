import { RaffleScheduleSchema } from '#database/schema'
import type { ScheduleStatus } from '#raffles/values'

/** A moment at which the open round is to be drawn. */
export default class RaffleSchedule extends RaffleScheduleSchema {
  static table = 'raffle_schedules'

  declare status: ScheduleStatus
}
