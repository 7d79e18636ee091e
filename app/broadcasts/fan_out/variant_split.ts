import type Broadcast from '#broadcasts/models/broadcast'
import { literal } from '#broadcasts/audience/sql'
import type { Variant } from '#broadcasts/values'

type Split = Pick<Broadcast, 'id' | 'abShare' | 'abWinner'>

/*
 * A customer's bucket (0-99) in an A/B test follows from both ids, in SQL and here alike: nothing is stored for it.
 * Knuth's multiplicative hash, kept below 2^53, so that neighbours fall apart and each broadcast draws anew.
 */
const CUSTOMER_FACTOR = 2_654_435_761
const BROADCAST_FACTOR = 40_503
const MODULUS = 1_000_003

const seed = (broadcastId: number) => (broadcastId * BROADCAST_FACTOR) % MODULUS

export function bucketOf(broadcastId: number, customerId: number): number {
  return (((customerId % MODULUS) * (CUSTOMER_FACTOR % MODULUS) + seed(broadcastId)) % MODULUS) % 100
}

export function bucketSql(broadcastId: number, column: string): string {
  return `(((${column} % ${MODULUS}) * ${CUSTOMER_FACTOR % MODULUS} + ${literal(seed(broadcastId))}) % ${MODULUS}) % 100`
}

/** Which text a customer gets: the winner outside the sample, half and half inside. */
export function variantOf(split: Split, customerId: number | null): Variant {
  if (split.abShare === null || customerId === null) return split.abWinner ?? 'A'
  const bucket = bucketOf(split.id, customerId)
  if (bucket >= split.abShare) return split.abWinner ?? 'A'
  return bucket % 2 === 0 ? 'A' : 'B'
}

/** The same in SQL, of a column that holds the customer's id. */
export function variantSql(split: Split, column: string): string {
  const winner = `'${split.abWinner ?? 'A'}'`
  if (split.abShare === null) return winner
  const bucket = bucketSql(split.id, column)
  return `CASE WHEN ${bucket} >= ${literal(split.abShare)} THEN ${winner} WHEN (${bucket}) % 2 = 0 THEN 'A' ELSE 'B' END`
}

/** Whom a run is for, in an A/B test. */
export function sampleSql(split: Split, run: 'send' | 'rest', column: string): string | null {
  if (split.abShare === null || split.abShare === 100) return null
  return `${bucketSql(split.id, column)} ${run === 'send' ? '<' : '>='} ${literal(split.abShare)}`
}
