import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { CapRule } from '#broadcasts/audience/exclusions'

/** A day is over everywhere after two. */
const LONGEST_DAY_MS = 48 * 60 * 60 * 1000

/**
 * The cap to count with for each customer; null when nobody can be over it: there is none, or there were fewer
 * broadcasts of late than it admits.
 */
export async function capRule(
  client: QueryClientContract,
  { broadcastId, ...rule }: CapRule & { broadcastId: number | null }
): Promise<CapRule | null> {
  if (rule.cap === 0) return null
  const [{ total }] = await client
    .from('broadcasts')
    .whereNull('test_of')
    .whereNotNull('started_at')
    .where((query) =>
      query
        .whereIn('status', ['sending', 'paused'])
        .orWhereRaw('COALESCE(completed_at, cancelled_at) >= ?', [rule.now - LONGEST_DAY_MS])
    )
    .if(broadcastId, (query) => query.whereNot('id', broadcastId!))
    .count('* as total')
  return Number(total) < rule.cap ? null : rule
}
