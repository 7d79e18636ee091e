import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import { RaffleSwitch } from '#raffles/raffle_switch'

const LATEST_MS = 366 * 86_400_000

/**
 * Plans a draw of whichever round is open at that moment. Refuses with `raffle_off` (no chain), `date_in_past`,
 * `date_too_far` (a year ahead at most) or `already_scheduled` (for that very moment).
 */
@inject()
export class ScheduleDraw {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private raffle: RaffleSwitch
  ) {}

  async run({ at, actor }: { at: number; actor: Actor }) {
    if (!this.raffle.isConfigured) return refuse('raffle_off')
    const now = this.clock.now()
    if (at <= now) return refuse('date_in_past')
    if (at > now + LATEST_MS) return refuse('date_too_far')
    return transaction(async (trx) => {
      const same = await RaffleSchedule.query({ client: trx }).where({ scheduledAt: at, status: 'waiting' }).first()
      if (same) return refuse('already_scheduled')
      const schedule = await RaffleSchedule.create(
        {
          scheduledAt: at,
          status: 'waiting',
          createdBy: actor.type === 'admin' ? actor.id : null,
          createdAt: now,
        },
        { client: trx }
      )
      await this.audit.record(trx, {
        actor,
        action: 'raffle_schedule.created',
        subjectType: 'raffle_schedule',
        subjectId: schedule.id,
        after: { at: new Date(at).toISOString() },
      })
      return ok(schedule)
    })
  }
}
