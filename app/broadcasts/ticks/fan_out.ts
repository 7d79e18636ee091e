import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import type { Tick } from '#core/contracts/ticks'
import { FanOutBatch } from '#broadcasts/actions/fan_out_batch'
import { Guard } from '#broadcasts/ticks/guard'

/** Writes the rows of every broadcast that is not through with them, by turns. */
@inject()
export class FanOut implements Tick {
  readonly name = 'broadcasts.fan_out'
  readonly everyMs = 500

  constructor(
    private batch: FanOutBatch,
    private guard: Guard
  ) {}

  async run(signal: AbortSignal) {
    const rows = await db
      .from('broadcasts')
      .where('status', 'sending')
      .whereNull('fanned_out_at')
      .orderBy('started_at')
      .select('id')
    let unfinished: number[] = rows.map(({ id }) => id)
    while (unfinished.length > 0) {
      const next: number[] = []
      for (const id of unfinished) {
        if (signal.aborted) return
        const progress = await this.guard.step('fan_out', id, () => this.batch.handle(id))
        if (progress === 'more') next.push(id)
      }
      unfinished = next
    }
  }
}
