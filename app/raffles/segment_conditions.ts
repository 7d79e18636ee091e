import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { SegmentCondition, SegmentParameter } from '#core/contracts/segment_source'

const DAY = 86_400_000

const days: SegmentParameter = { name: 'days', kind: 'integer', min: 1, max: 3650 }

const entries = (query: DatabaseQueryBuilderContract<any>) =>
  query
    .from('raffle_entries')
    .where('raffle_entries.status', 'confirmed')
    .whereColumn('raffle_entries.customer_id', 'customers.id')
    .select('raffle_entries.id')

export const raffleConditions: SegmentCondition[] = [
  {
    key: 'raffles.entered',
    parameters: [],
    apply: (query) => query.whereExists((rows) => entries(rows as any)),
  },
  {
    key: 'raffles.never_entered',
    parameters: [],
    apply: (query) => query.whereNotExists((rows) => entries(rows as any)),
  },
  {
    key: 'raffles.entered_within',
    parameters: [days],
    apply: (query, parameters, now) =>
      query.whereExists((rows) =>
        entries(rows as any).where('raffle_entries.confirmed_at', '>=', now - Number(parameters.days) * DAY)
      ),
  },
  {
    key: 'raffles.not_in_current',
    parameters: [],
    apply: (query) =>
      query.whereNotExists((rows) =>
        entries(rows as any).whereIn('raffle_entries.raffle_id', (open: any) =>
          open.from('raffles').whereNot('status', 'finished').select('id')
        )
      ),
  },
  {
    key: 'raffles.won',
    parameters: [],
    apply: (query) =>
      query.whereIn('customers.id', (won: any) =>
        won.from('raffles').whereNotNull('winner_customer_id').select('winner_customer_id')
      ),
  },
]
