import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'

export interface MissionTotals {
  missions: number
  active: number
  /** Completed, not claimed yet; and what these were promised. */
  claimable: number
  promised: Money
  claimed: number
  paid: Money
}

/** Progress of everybody by mission, by an index that holds all of it. */
export const PROGRESS_BY_MISSION = `(SELECT mission_id, COUNT(*) - COUNT(completed_at) AS started,
    COUNT(completed_at) - COUNT(claimed_at) AS claimable, COUNT(claimed_at) AS claimed,
    COALESCE(SUM(CASE WHEN claimed_at IS NULL THEN reward END), 0) AS promised,
    COALESCE(SUM(CASE WHEN claimed_at IS NOT NULL THEN reward END), 0) AS paid
  FROM mission_progress GROUP BY mission_id) AS progress`

/** What all missions promise and paid. */
export class MissionTotalsQuery {
  async run(): Promise<MissionTotals> {
    const rows = await db
      .from('missions')
      .joinRaw(`LEFT JOIN ${PROGRESS_BY_MISSION} ON progress.mission_id = missions.id`)
      .select('is_active', 'claimable', 'promised', 'claimed', 'paid')
    const sum = (column: string) => rows.reduce((total, row) => total + BigInt(row[column] ?? 0), 0n)
    return {
      missions: rows.length,
      active: rows.filter((row) => Boolean(row.is_active)).length,
      claimable: Number(sum('claimable')),
      promised: Money.of(sum('promised'), 'PRED'),
      claimed: Number(sum('claimed')),
      paid: Money.of(sum('paid'), 'PRED'),
    }
  }
}
