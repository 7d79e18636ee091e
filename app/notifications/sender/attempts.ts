import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { rowsOf } from '#core/database/dialect'

/** The journal of attempts: written before the request, so that a crash leaves a trace of what may have gone out. */
@inject()
export class Attempts {
  constructor(private readonly clock: Clock) {}

  /** Answers the rows that are still this claimant's: only those may be sent. */
  async mark(claimant: string, ids: number[]): Promise<{ at: number; ids: Set<number> }> {
    const at = this.clock.now()
    const result = await db.rawQuery(
      `UPDATE notifications SET attempted_at = ?, attempts = attempts + 1
       WHERE id IN (${ids.map(() => '?').join(', ')}) AND status = 'PROCESSING' AND claimed_by = ? RETURNING id`,
      [at, ...ids, claimant]
    )
    return { at, ids: new Set(rowsOf<{ id: number }>(result).map(({ id }) => id)) }
  }

  /** Puts back rows of which nothing was written; they cost no attempt. */
  async release(claimant: string, ids: number[]) {
    if (ids.length === 0) return
    await db.rawQuery(
      `UPDATE notifications SET
         status = CASE WHEN attempts - ${MARKED} > 0 THEN 'FAILED' ELSE 'PENDING' END,
         attempts = attempts - ${MARKED}, attempted_at = NULL
       WHERE id IN (${ids.map(() => '?').join(', ')}) AND status = 'PROCESSING' AND claimed_by = ?`,
      [...ids, claimant]
    )
  }
}

const MARKED = '(CASE WHEN attempted_at IS NULL THEN 0 ELSE 1 END)'
