import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { SegmentSource } from '#core/contracts/segment_source'
import { audienceQuery } from '#broadcasts/audience/audience_query'
import { excludeFrom } from '#broadcasts/audience/exclusions'
import { idsOf } from '#broadcasts/audience/windows'
import type Broadcast from '#broadcasts/models/broadcast'

/** Whether anybody would get it. Today's cap does not count: it goes out on a day of its own. */
export async function hasRecipients(
  client: QueryClientContract,
  { audience, category, sendOnceKey }: Pick<Broadcast, 'audience' | 'category' | 'sendOnceKey'>,
  segments: SegmentSource,
  now: number
): Promise<boolean> {
  const query = audienceQuery(client, audience, await idsOf(client, audience), segments, now)
  excludeFrom(query, { category, sendOnceKey, cap: null })
  return (await query.select('customers.id').first()) !== null
}
