import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Memory } from '#stats/memory'

const LASTS = 5000
const RUNNING = ['sending', 'paused']
const SHOWN = 5

export interface RunningBroadcast {
  id: number
  title: string
  status: 'sending' | 'paused'
  /** Recipients written to the outbox, and those of them whose outcome is known. */
  written: number
  done: number
}

/** Broadcasts on their way, the newest first. */
@inject()
export class RunningBroadcastsQuery {
  constructor(private memory: Memory) {}

  run(): Promise<RunningBroadcast[]> {
    return this.memory.remember('broadcasts:running', LASTS, async () => {
      const rows = await db
        .from('broadcasts')
        .leftJoin('broadcast_counters', (join) =>
          join.on('broadcast_counters.broadcast_id', 'broadcasts.id').andOnVal('broadcast_counters.operation', 'send')
        )
        .whereIn('broadcasts.status', RUNNING)
        .whereNull('broadcasts.test_of')
        .groupBy('broadcasts.id', 'broadcasts.title', 'broadcasts.status')
        .orderBy('broadcasts.id', 'desc')
        .limit(SHOWN)
        .select('broadcasts.id', 'broadcasts.title', 'broadcasts.status')
        .sum('written as written')
        .sum(db.raw('sent + blocked + failed + unknown + cancelled') as never, 'done')
      return rows.map((row) => ({ ...row, written: Number(row.written ?? 0), done: Number(row.done ?? 0) }))
    })
  }
}
