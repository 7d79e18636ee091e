import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { SegmentSource } from '#core/contracts/segment_source'
import type { Audience } from '#broadcasts/audience'

/** Customers from `after` (exclusive) up to `until`, by id. */
export interface IdRange {
  after: number
  until: number
}

/** The customers an audience means, before anybody is left out; only those of the range. */
export function audienceQuery(
  client: QueryClientContract,
  audience: Audience,
  { after, until }: IdRange,
  segments: SegmentSource,
  now: number
): DatabaseQueryBuilderContract<any> {
  const query = client.from('customers').where('customers.id', '>', after).where('customers.id', '<=', until)
  if (audience.kind === 'customer') query.where('customers.id', audience.customerId)
  if (audience.kind === 'segment') {
    for (const { key, parameters } of audience.conditions) {
      const condition = segments.find(key)
      if (!condition) throw new Error(`No room knows the condition ${key}`)
      condition.apply(query, parameters, now)
    }
  }
  return query
}
