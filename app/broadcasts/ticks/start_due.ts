import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { StartBroadcast } from '#broadcasts/actions/start_broadcast'
import { Guard } from '#broadcasts/ticks/guard'

/** Begins what is due: found in the table itself, so that nothing which should have woken somebody can be lost. */
@inject()
export class StartDue implements Tick {
  readonly name = 'broadcasts.start_due'
  readonly everyMs = 1000

  constructor(
    private clock: Clock,
    private start: StartBroadcast,
    private guard: Guard
  ) {}

  async run(signal: AbortSignal) {
    const due = await db
      .from('broadcasts')
      .where('status', 'scheduled')
      .where('scheduled_at', '<=', this.clock.now())
      .orderBy('scheduled_at')
      .select('id')
    await this.guard.each('start', due, signal, (id) => this.start.handle(id))
  }
}
