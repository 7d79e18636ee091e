import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { IdRange } from '#broadcasts/audience/audience_query'

/** The zones that customers of a range have chosen. */
export async function zonesIn(client: QueryClientContract, { after, until }: IdRange): Promise<string[]> {
  const rows = await client
    .from('customers')
    .where('id', '>', after)
    .where('id', '<=', until)
    .whereNotNull('time_zone')
    .distinct('time_zone')
  return rows.map((row) => row.time_zone)
}
