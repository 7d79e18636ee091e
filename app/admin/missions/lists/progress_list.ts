import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import type Mission from '#markets/models/mission'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { choice, days } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

/** `completed`: the reward can be claimed. */
export const PROGRESS_STATES = ['started', 'completed', 'claimed'] as const
export type ProgressState = (typeof PROGRESS_STATES)[number]

export interface ProgressRow {
  id: number
  customer_id: number
  telegram_id: number
  customer: string
  state: ProgressState
  /** As far as the target at most. */
  progress: number
  /** Null until it is completed. */
  reward: Money | null
  transfer_id: number | null
  completed_at: number | null
  claimed_at: number | null
}

/**
 * Customers with a mission, as far as each has come; days are those on which it was claimed. Databases differ on where
 * null is sorted: who has not completed it counts as the earliest.
 */
export const progressList = (mission: Mission, timeZone: string) =>
  defineList<ProgressRow>({
    name: `mission-${mission.code.toLowerCase()}`,
    id: 'mission_progress.id',
    query: () =>
      db
        .from('mission_progress')
        .innerJoin('customers', 'customers.id', 'mission_progress.customer_id')
        .where('mission_progress.mission_id', mission.id)
        .select('mission_progress.*', 'customers.telegram_id')
        .select(db.raw('COALESCE(mission_progress.completed_at, 0) AS reached'))
        .select('customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      customer: nameOf({ ...row, id: row.customer_id }),
      state: row.claimed_at !== null ? 'claimed' : row.completed_at !== null ? 'completed' : 'started',
      progress: row.completed_at === null ? Math.min(row.progress, mission.target) : mission.target,
      reward: rowMoney(row.reward, 'PRED'),
    }),
    search: [byCustomer('mission_progress')],
    filters: {
      state: choice(PROGRESS_STATES, (query, state) => {
        if (state === 'started') return query.whereNull('mission_progress.completed_at')
        query.whereNotNull('mission_progress.completed_at')
        if (state === 'claimed') query.whereNotNull('mission_progress.claimed_at')
        else query.whereNull('mission_progress.claimed_at')
      }),
      ...days(timeZone, 'mission_progress.claimed_at'),
    },
    sorts: { completed: 'reached', begun: 'mission_progress.id' },
    defaultSort: '-completed',
    csv: {
      customer_id: (row) => row.customer_id,
      telegram_id: (row) => row.telegram_id,
      customer: (row) => row.customer,
      state: (row) => row.state,
      progress: (row) => row.progress,
      target: () => mission.target,
      reward: (row) => decimalOf(row.reward),
      completed: (row) => isoOf(row.completed_at),
      claimed: (row) => isoOf(row.claimed_at),
      transfer: (row) => row.transfer_id,
    },
  })
