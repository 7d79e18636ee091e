import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { Outcome } from '#broadcasts/values'

/** Statuses of a row that may still go out. */
const OPEN_STATUSES = ['PENDING', 'PROCESSING', 'FAILED']

/** The signs of a blocked bot that `outcomeOf` looks for, in SQL that both databases read. */
const SIGNS = [
  'forbidden',
  'blocked by the user',
  'chat not found',
  'user is deactivated',
  'user not found',
  'peer_id_invalid',
]
const IS_BLOCKED = `(COALESCE(notifications.error, '') = '403'
  OR COALESCE(notifications.error, '') LIKE '403 %' OR COALESCE(notifications.error, '') LIKE '403:%'
  OR ${SIGNS.map((sign) => `lower(COALESCE(notifications.error, '')) LIKE '%${sign}%'`).join(' OR ')})`

/** Narrows rows of the outbox to those that stand so: `outcomeOf` as a condition. */
export function whereOutcome(query: DatabaseQueryBuilderContract<any>, outcome: Outcome) {
  switch (outcome) {
    case 'open':
      return query.whereIn('notifications.status', OPEN_STATUSES)
    case 'blocked':
      return query.where('notifications.status', 'PERMANENT_FAILURE').whereRaw(IS_BLOCKED)
    case 'failed':
      return query.where('notifications.status', 'PERMANENT_FAILURE').whereRaw(`NOT ${IS_BLOCKED}`)
    default:
      return query.where('notifications.status', outcome.toUpperCase())
  }
}

/** Rows that were due and wait for a better moment: quiet hours, the pace of their chat. */
export const whereDeferred = (query: DatabaseQueryBuilderContract<any>) =>
  query.whereIn('notifications.status', ['PENDING', 'FAILED']).whereNotNull('notifications.reason')
