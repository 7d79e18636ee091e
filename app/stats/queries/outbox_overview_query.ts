import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { PRIORITIES } from '#notifications/outbox/priorities'
import { HAS_ENDED_BADLY, IS_WAITING, type NotificationStatus } from '#notifications/models/notification'
import { Memory } from '#stats/memory'

const LASTS = 10_000
const CAP = 10_000
/** The condition of the sender's partial index, word for word. */
const DUE = `status IN ('PENDING', 'FAILED')`

/** What waits in the outbox, how long the oldest has waited, and what did not arrive. Counts stop at 10 000. */
@inject()
export class OutboxOverviewQuery {
  constructor(
    private clock: Clock,
    private memory: Memory
  ) {}

  async run() {
    return {
      waiting: await this.#count(IS_WAITING),
      undelivered: await this.#count(HAS_ENDED_BADLY, ['PERMANENT_FAILURE', 'UNKNOWN']),
      oldestDueAt: await this.memory.remember('outbox:oldest', LASTS, () => this.#oldestDue()),
    }
  }

  /** Messages that may or may not have arrived: an admin decides. */
  unknown() {
    return this.#count(HAS_ENDED_BADLY, ['UNKNOWN'])
  }

  #count(indexed: string, statuses?: NotificationStatus[]) {
    return this.memory.remember(`outbox:${indexed}:${statuses}`, LASTS, () => {
      const query = db.from('notifications').whereRaw(indexed)
      return capped(statuses ? query.whereIn('status', statuses) : query)
    })
  }

  /** Broadcasts wait by design, behind everything else: they are left out. The index begins with the priority. */
  async #oldestDue(): Promise<number | null> {
    const moments: number[] = []
    for (const priority of new Set(Object.values(PRIORITIES))) {
      const row = await db
        .from('notifications')
        .whereNull('broadcast_id')
        .whereRaw(DUE)
        .where('priority', priority)
        .where('scheduled_at', '<=', this.clock.now())
        .orderBy('scheduled_at')
        .select('scheduled_at')
        .first()
      if (row) moments.push(row.scheduled_at)
    }
    return moments.length > 0 ? Math.min(...moments) : null
  }
}

async function capped(query: DatabaseQueryBuilderContract<any>) {
  const some = query
    .select(db.raw('1'))
    .limit(CAP + 1)
    .as('some')
  const [{ total }] = await db.from(some).count('* as total')
  return { value: Math.min(Number(total), CAP), capped: Number(total) > CAP }
}
