import db from '@adonisjs/lucid/services/db'
import { SCHEDULE_STATUSES, type ScheduleStatus } from '#raffles/values'
import { isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { choice } from '#admin/shared/list_filters'

export interface ScheduleRow {
  id: number
  scheduled_at: number
  status: ScheduleStatus
  reason: string | null
  author: string | null
  created_at: number
  finished_at: number | null
  /** Of the draw that came of it. */
  raffle: string | null
  round: number | null
}

/** Moments at which the open round is to be drawn. */
export const schedulesList = defineList<ScheduleRow>({
  name: 'raffle-schedule',
  id: 'raffle_schedules.id',
  query: () =>
    db
      .from('raffle_schedules')
      .leftJoin('admins', 'admins.id', 'raffle_schedules.created_by')
      .leftJoin('raffle_draws', 'raffle_draws.id', 'raffle_schedules.draw_id')
      .leftJoin('raffles', 'raffles.id', 'raffle_draws.raffle_id')
      .select('raffle_schedules.*', 'admins.full_name as author', 'raffles.reference as raffle', 'raffles.round'),
  filters: {
    status: choice(SCHEDULE_STATUSES, (query, status) => query.where('raffle_schedules.status', status)),
  },
  sorts: { when: 'raffle_schedules.scheduled_at' },
  defaultSort: '-when',
  csv: {
    when: (row) => isoOf(row.scheduled_at),
    status: (row) => row.status,
    reason: (row) => row.reason,
    round: (row) => row.round,
    planned_by: (row) => row.author,
    planned: (row) => isoOf(row.created_at),
    finished: (row) => isoOf(row.finished_at),
  },
})
