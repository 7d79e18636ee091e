import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { SegmentCondition, SegmentParameter } from '#core/contracts/segment_source'

/** Number of the broadcast, as its page shows it. */
const broadcast: SegmentParameter = { name: 'broadcast', kind: 'integer', min: 1 }

const delivered = (query: DatabaseQueryBuilderContract<any>, broadcastId: number) =>
  query
    .from('notifications')
    .whereColumn('notifications.customer_id', 'customers.id')
    .where('notifications.broadcast_id', broadcastId)
    .where('notifications.operation', 'send')
    .where('notifications.status', 'SENT')
    .select('notifications.id')

export const broadcastConditions: SegmentCondition[] = [
  {
    key: 'broadcasts.received',
    parameters: [broadcast],
    apply: (query, parameters) => query.whereExists((sub) => delivered(sub as any, Number(parameters.broadcast))),
  },
  {
    key: 'broadcasts.not_received',
    parameters: [broadcast],
    apply: (query, parameters) => query.whereNotExists((sub) => delivered(sub as any, Number(parameters.broadcast))),
  },
]
