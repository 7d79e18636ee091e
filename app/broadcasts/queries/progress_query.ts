import db from '@adonisjs/lucid/services/db'
import { COUNTED, type Counted, type CounterKey } from '#broadcasts/outcomes/counters'
import { BROADCAST_STATUSES, type BroadcastRun, type BroadcastStatus, type Variant } from '#broadcasts/values'

export type Tally = Record<Counted | 'open', number>

/** How far one broadcast has got, from a handful of rows however many recipients there are. */
export interface Progress {
  status: BroadcastStatus
  run: BroadcastRun | null
  /** Rows are still being written: the numbers grow. */
  isFanningOut: boolean
  /** Share of the customers that fan-out has gone through, 0 to 1. */
  fanOutShare: number
  sends: Tally
  /** Both sides of an A/B test; one otherwise. */
  sendsByVariant: Partial<Record<Variant, Tally>>
  /** Of the edit in its latest version, and of the deletion; null when there was none. */
  edits: Tally | null
  deletions: Tally | null
}

type CounterRow = Omit<CounterKey, 'broadcastId'> & Record<Counted, number>

export class ProgressQuery {
  async handle(broadcastId: number): Promise<Progress | null> {
    const broadcast = await db.from('broadcasts').where('id', broadcastId).first()
    if (!broadcast) return null
    const counters: CounterRow[] = await db.from('broadcast_counters').where('broadcast_id', broadcastId)
    const sends = counters.filter(({ operation }) => operation === 'send')
    return {
      status: BROADCAST_STATUSES.find((status) => status === broadcast.status)!,
      run: broadcast.run,
      isFanningOut: broadcast.status === 'sending' && broadcast.fanned_out_at === null,
      fanOutShare: shareOf(broadcast),
      sends: tally(sends),
      sendsByVariant: Object.fromEntries(
        sends.map((row) => [row.variant, tally(sends.filter(({ variant }) => variant === row.variant))])
      ),
      edits: latest(counters, 'edit'),
      deletions: latest(counters, 'delete'),
    }
  }
}

function latest(counters: CounterRow[], operation: 'edit' | 'delete'): Tally | null {
  const rows = counters.filter((row) => row.operation === operation)
  const version = Math.max(...rows.map((row) => row.version))
  return rows.length ? tally(rows.filter((row) => row.version === version)) : null
}

function tally(rows: CounterRow[]): Tally {
  const sums = Object.fromEntries(
    COUNTED.map((name) => [name, rows.reduce((sum, row) => sum + Number(row[name]), 0)])
  ) as Record<Counted, number>
  const { written, ...ended } = sums
  return { ...sums, open: written - Object.values(ended).reduce((sum, value) => sum + value, 0) }
}

function shareOf({ fanned_out_at: end, run_cursor: cursor, run_end: last }: any): number {
  if (end !== null) return 1
  return last ? Math.min(1, (cursor ?? 0) / last) : 0
}
