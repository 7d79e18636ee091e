import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'

/** One field of a condition's form. */
export interface SegmentParameter {
  name: string
  kind: 'integer' | 'choice'
  choices?: readonly string[]
  min?: number
  max?: number
}

/**
 * A condition that a domain adds to the audiences of broadcasts ("has bought stars"). `apply` narrows a query
 * over `customers`; it must stay one statement, usable for a million rows.
 */
export interface SegmentCondition {
  /** Stable, stored in audiences: `customers.language`. */
  key: string
  parameters: readonly SegmentParameter[]
  apply(query: DatabaseQueryBuilderContract<any>, parameters: Record<string, string | number>, now: number): void
}

/** Registry of all conditions; domains register theirs when they boot. */
export abstract class SegmentSource {
  abstract register(conditions: SegmentCondition[]): void
  abstract all(): SegmentCondition[]
  abstract find(key: string): SegmentCondition | undefined
}
