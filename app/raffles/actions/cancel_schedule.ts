import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import RaffleSchedule from '#raffles/models/raffle_schedule'

/** Gives up a planned draw. Refuses with `schedule_not_found`, or `schedule_not_waiting` once it is over. */
@inject()
export class CancelSchedule {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async run({ scheduleId, actor }: { scheduleId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const schedule = await RaffleSchedule.query({ client: trx }).where('id', scheduleId).forUpdate().first()
      if (!schedule) return refuse('schedule_not_found')
      if (schedule.status !== 'waiting') return refuse('schedule_not_waiting')
      await schedule.merge({ status: 'cancelled', finishedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'raffle_schedule.cancelled',
        subjectType: 'raffle_schedule',
        subjectId: schedule.id,
        before: { at: new Date(schedule.scheduledAt).toISOString() },
      })
      return ok(schedule)
    })
  }
}
