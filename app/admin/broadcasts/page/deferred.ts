import db from '@adonisjs/lucid/services/db'
import { CAPPED_AT } from '#admin/shared/format'
import { whereDeferred } from '#broadcasts/outcomes/outcome_filter'

/** Rows that wait for a better moment; no more than a page would say. */
export async function countDeferred(broadcastId: number): Promise<number> {
  const some = db.from('notifications').where('broadcast_id', broadcastId).select(db.raw('1')).limit(CAPPED_AT)
  whereDeferred(some)
  const [{ total }] = await db.from(some.as('some')).count('* as total')
  return Number(total)
}
