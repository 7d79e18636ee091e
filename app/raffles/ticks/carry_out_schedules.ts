import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Clock } from '#core/clock'
import { SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import { Alerts } from '#core/contracts/alerts'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { RequestDraw } from '#raffles/actions/request_draw'
import RaffleSchedule from '#raffles/models/raffle_schedule'

/** Passing reasons are tried again so long. */
const PATIENCE_MS = 15 * 60_000
const PASSING = new Set(['chain_unavailable', 'operation_in_progress', 'upkeep_not_needed'])

/** Draws whose planned moment has come. */
@inject()
export class CarryOutSchedules implements Tick {
  readonly name = 'raffles.schedules'
  readonly everyMs = 5_000

  constructor(
    private chain: Chain,
    private clock: Clock,
    private alerts: Alerts,
    private requestDraw: RequestDraw
  ) {}

  async run(signal: AbortSignal) {
    if (!this.chain.config) return
    const due = await RaffleSchedule.query()
      .where('status', 'waiting')
      .where('scheduledAt', '<=', this.clock.now())
      .orderBy('scheduledAt')
    for (const schedule of due) {
      if (signal.aborted) return
      await this.#carryOut(schedule)
    }
  }

  async #carryOut(schedule: RaffleSchedule) {
    const requestedBy: Actor = { ...SYSTEM_ACTOR, name: 'schedule' }
    const asked = await this.requestDraw.run({ cause: 'schedule', requestedBy, scheduleId: schedule.id })
    if (asked.ok) return
    const { code } = asked.refusal
    const isLate = this.clock.now() - schedule.scheduledAt > PATIENCE_MS
    if (PASSING.has(code) && !isLate) return
    await this.#skip(schedule, code)
  }

  #skip(schedule: RaffleSchedule, reason: string) {
    return transaction(async (trx) => {
      const waiting = await RaffleSchedule.query({ client: trx })
        .where({ id: schedule.id, status: 'waiting' })
        .forUpdate()
        .first()
      if (!waiting) return
      await waiting.merge({ status: 'skipped', reason, finishedAt: this.clock.now() }).save()
      await this.alerts.announceIn(trx, {
        kind: 'chain',
        severity: 'warning',
        fingerprint: `raffle_schedule:${schedule.id}`,
        title: `A planned draw did not take place: ${reason.replaceAll('_', ' ')}`,
        details: { planned: new Date(schedule.scheduledAt).toISOString(), next: 'Plan another one, or draw now' },
      })
    })
  }
}
