import { isPostgres } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import type { IdRange } from '#broadcasts/audience/audience_query'
import type Broadcast from '#broadcasts/models/broadcast'

/** What a run has before it: the ids that its next transaction goes through. Null when it is through. */
export type Batch = IdRange | null

/** Rows that are marked at once. */
export const SWEEP_SIZE = 1000

/** Rows of one transaction: enough that waiting for the disk at its end is a small part of it. */
export const BATCH_SIZE = 10_000

/** SQLite's driver is synchronous: nobody else is served during a statement, so each takes some milliseconds only. */
const SQLITE_SLICES = 4

/** A batch in the pieces that one statement takes. */
export function slicesOf({ after, until }: IdRange): IdRange[] {
  const slices = isPostgres() ? 1 : SQLITE_SLICES
  const size = Math.ceil((until - after) / slices)
  const starts = Array.from({ length: slices }, (_, index) => after + index * size)
  return starts
    .filter((start) => start < until)
    .map((start) => ({ after: start, until: Math.min(start + size, until) }))
}

/** The next customers, by id; a run over a thin segment still takes small steps. */
export async function nextCustomers(trx: Trx, broadcast: Broadcast): Promise<Batch> {
  const after = broadcast.runCursor!
  const end = broadcast.runEnd!
  if (after >= end) return null
  const last = await trx
    .from('customers')
    .where('id', '>', after)
    .where('id', '<=', end)
    .orderBy('id')
    .offset(BATCH_SIZE - 1)
    .limit(1)
    .select('id')
    .first()
  return { after, until: last?.id ?? end }
}

/** The next rows of the broadcast that ended so, by id. */
export async function nextRows(trx: Trx, broadcast: Broadcast, status: string): Promise<Batch> {
  const after = broadcast.runCursor!
  const end = broadcast.runEnd!
  if (after >= end) return null
  const last = await trx
    .from('notifications')
    .where({ broadcast_id: broadcast.id, status })
    .where('id', '>', after)
    .where('id', '<=', end)
    .orderBy('id')
    .offset(BATCH_SIZE - 1)
    .limit(1)
    .select('id')
    .first()
  return { after, until: last?.id ?? end }
}
