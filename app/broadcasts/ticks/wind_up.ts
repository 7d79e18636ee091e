import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import type { Tick } from '#core/contracts/ticks'
import { CompleteBroadcast } from '#broadcasts/actions/complete_broadcast'
import { SweepCancelledBatch } from '#broadcasts/actions/sweep_cancelled_batch'
import { Guard } from '#broadcasts/ticks/guard'

/** Closes broadcasts of which nothing is left, and marks what waits of cancelled ones. */
@inject()
export class WindUp implements Tick {
  readonly name = 'broadcasts.wind_up'
  readonly everyMs = 1000

  constructor(
    private complete: CompleteBroadcast,
    private sweep: SweepCancelledBatch,
    private guard: Guard
  ) {}

  async run(signal: AbortSignal) {
    const through = await db.from('broadcasts').where('status', 'sending').whereNotNull('fanned_out_at').select('id')
    await this.guard.each('wind_up', through, signal, (id) => this.complete.handle(id))
    for (const id of await this.#cancelledWithWaitingRows()) {
      while (!signal.aborted && (await this.guard.step('wind_up', id, () => this.sweep.handle(id)))) await breathe()
    }
  }

  async #cancelledWithWaitingRows(): Promise<number[]> {
    const rows = await db
      .from('broadcasts')
      .where('status', 'cancelled')
      .whereExists((waiting) =>
        waiting
          .from('notifications')
          .whereColumn('notifications.broadcast_id', 'broadcasts.id')
          .whereNotNull('notifications.broadcast_id')
          .whereIn('notifications.status', ['PENDING', 'FAILED'])
          .select('notifications.id')
      )
      .select('id')
    return rows.map(({ id }) => id)
  }
}
