import app from '@adonisjs/core/services/app'
import { PendingApprovalsQuery } from '#staff/queries/pending_approvals_query'

/** For the sidebar. */
export async function countPendingApprovals(): Promise<number> {
  const query = await app.container.make(PendingApprovalsQuery)
  return query.handle()
}
