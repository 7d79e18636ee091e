import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import type { NotificationStatus } from '#notifications/models/notification'
import { retentionDays } from '#notifications/settings'

const HOUR_MS = 3_600_000
const BATCH = 1000
const OPEN: NotificationStatus[] = ['PENDING', 'PROCESSING', 'FAILED']

/** Removes finished rows of the outbox after their time, in small batches, oldest first. */
@inject()
export class PruneOutbox implements Tick {
  readonly name = 'notifications.prune_outbox'
  readonly everyMs = 6 * HOUR_MS

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings
  ) {}

  async run(signal: AbortSignal) {
    const before = this.clock.now() - (await this.settings.get(retentionDays)) * 24 * HOUR_MS
    for (let after = 0; !signal.aborted;) {
      const rows = await this.#nextRows(after)
      const old = rows.filter((row) => row.created_at < before && !OPEN.includes(row.status)).map(({ id }) => id)
      if (old.length > 0) await db.from('notifications').whereIn('id', old).delete()
      const last = rows.at(-1)
      if (rows.length < BATCH || !last || last.created_at >= before) return
      after = last.id
    }
  }

  /** By id, which grows with time: no index on the moment is needed. */
  #nextRows(after: number): Promise<Array<{ id: number; status: NotificationStatus; created_at: number }>> {
    const columns = ['id', 'status', 'created_at']
    return db.from('notifications').where('id', '>', after).orderBy('id').limit(BATCH).select(columns)
  }
}
