import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { NewsCategory } from '#customers/news_categories'
import { byZone, literal, type Sql } from '#broadcasts/audience/sql'
import { startOfDay } from '#broadcasts/schedule/wall_clock'

/** Why a customer of the audience gets nothing. */
export const EXCLUSIONS = ['banned', 'unreachable', 'opted_out', 'had_key', 'over_cap'] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

/** A daily cap that somebody may have reached. */
export interface CapRule {
  cap: number
  zones: string[]
  fallbackZone: string
  now: number
}

export interface ExclusionRules {
  category: NewsCategory
  sendOnceKey: string | null
  cap: CapRule | null
}

/** A condition over `customers` for each reason to leave somebody out, in the order in which they count. */
export function exclusionSql(rules: ExclusionRules): Array<[Exclusion, Sql]> {
  const conditions: Array<[Exclusion, Sql]> = [
    ['banned', plain('customers.banned_at IS NOT NULL')],
    ['unreachable', plain('customers.unreachable_at IS NOT NULL OR customers.anonymised_at IS NOT NULL')],
    [
      'opted_out',
      {
        sql: `EXISTS (SELECT 1 FROM customer_opt_outs WHERE customer_opt_outs.customer_id = customers.id
          AND customer_opt_outs.category = ?)`,
        bindings: [rules.category],
      },
    ],
  ]
  if (rules.sendOnceKey !== null) {
    const sql = `EXISTS (SELECT 1 FROM broadcast_send_once WHERE broadcast_send_once.key = ?
      AND broadcast_send_once.customer_id = customers.id)`
    conditions.push(['had_key', { sql, bindings: [rules.sendOnceKey] }])
  }
  if (rules.cap) conditions.push(['over_cap', overCap(rules.cap)])
  return conditions
}

/** Takes everybody who gets nothing out of a query over `customers`. */
export function excludeFrom(query: DatabaseQueryBuilderContract<any>, rules: ExclusionRules) {
  for (const [, { sql, bindings }] of exclusionSql(rules)) query.whereRaw(`NOT (${sql})`, bindings)
}

const plain = (sql: string): Sql => ({ sql, bindings: [] })

/** Rows in hand count, so that two broadcasts at once don't pass the cap together; tests of admins don't. */
export const COUNTS_FOR_CAP = `type = 'BROADCAST' AND operation = 'send'
  AND status IN ('SENT', 'UNKNOWN', 'PROCESSING')
  AND broadcast_id NOT IN (SELECT id FROM broadcasts WHERE test_of IS NOT NULL)`

/** A row that was claimed is about to be attempted. */
export const CAP_MOMENT = 'COALESCE(notifications.attempted_at, notifications.claimed_at)'

function overCap({ cap, zones, fallbackZone, now }: CapRule): Sql {
  const dayStart = byZone(zones, fallbackZone, (zone) => startOfDay(now, zone))
  return {
    sql: `(SELECT COUNT(*) FROM notifications WHERE notifications.customer_id = customers.id
      AND ${CAP_MOMENT} >= ${dayStart.sql} AND ${COUNTS_FOR_CAP}) >= ${literal(cap)}`,
    bindings: dayStart.bindings,
  }
}
