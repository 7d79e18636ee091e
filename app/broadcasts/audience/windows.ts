import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#core/database/dialect'
import type { Audience } from '#broadcasts/audience'
import type { IdRange } from '#broadcasts/audience/audience_query'

/** Ids that one statement looks at; SQLite's driver lets nobody else in meanwhile. */
const windowSize = () => (isPostgres() ? 100_000 : 4000)

/** The ids of all customers that an audience may mean. */
export async function idsOf(client: QueryClientContract, audience: Audience): Promise<IdRange> {
  if (audience.kind === 'customer') return { after: audience.customerId - 1, until: audience.customerId }
  const first = await client.from('customers').orderBy('id').select('id').first()
  const last = await client.from('customers').orderBy('id', 'desc').select('id').first()
  return { after: (first?.id ?? 1) - 1, until: last?.id ?? 0 }
}

/** Cuts ids into ranges that a statement can go through at once. */
export function* windows({ after, until }: IdRange): Generator<IdRange> {
  const size = windowSize()
  for (let from = after; from < until; from += size) yield { after: from, until: Math.min(from + size, until) }
}
