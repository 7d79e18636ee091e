import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { APPROVAL_STATUSES } from '#staff/models/approval'
import { defineList } from '#admin/shared/list'
import { choice } from '#admin/shared/list_filters'

export interface ListedApproval {
  id: number
  action: string
  subject_type: string
  subject_id: string
  payload: Record<string, unknown>
  status: string
  requested_by: number | null
  requester: string | null
  decider: string | null
  note: string | null
  created_at: number
  expires_at: number
  decided_at: number | null
}

export const approvalsList = defineList<ListedApproval>({
  name: 'approvals',
  id: 'approvals.id',
  query: () =>
    db
      .from('approvals')
      .leftJoin('admins as requesters', 'requesters.id', 'approvals.requested_by')
      .leftJoin('admins as deciders', 'deciders.id', 'approvals.decided_by')
      .select('approvals.*', 'requesters.full_name as requester', 'deciders.full_name as decider'),
  map: (row) => ({ ...row, payload: parseJson(row.payload) }),
  filters: {
    status: choice(APPROVAL_STATUSES, (query, status, now) => {
      const isOverdue = (row: typeof query) =>
        row.where('approvals.status', 'pending').where('approvals.expires_at', '<=', now)
      if (status === 'expired') {
        query.where((row) => void row.where('approvals.status', 'expired').orWhere((or) => void isOverdue(or)))
        return
      }
      query.where('approvals.status', status)
      if (status === 'pending') query.where('approvals.expires_at', '>', now)
    }),
  },
  sorts: { time: 'approvals.id' },
  defaultSort: '-time',
})
