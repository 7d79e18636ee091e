import type { Trx } from '#core/database/transaction'
import type { Variant } from '#broadcasts/values'

export const COUNTED = ['written', 'sent', 'blocked', 'failed', 'unknown', 'cancelled'] as const
export type Counted = (typeof COUNTED)[number]

export interface CounterKey {
  broadcastId: number
  operation: 'send' | 'edit' | 'delete'
  /** 1 for whatever is sent; else the version of the edit or deletion. */
  version: number
  variant: Variant
}

/** Changes of one counters row; negative where a run opens rows again. */
export type CounterDelta = CounterKey & Partial<Record<Counted, number>>

/** Sends are counted together, whatever version a retry sends. */
export const counterVersion = (operation: string, version: number | null) => (operation === 'send' ? 1 : (version ?? 1))

/** Call it last in a transaction: it locks the rows that everybody who reports a result wants. */
export async function count(trx: Trx, deltas: CounterDelta[]) {
  for (const { broadcastId, operation, version, variant, ...changes } of inOrder(sumUp(deltas))) {
    const names = COUNTED.filter((name) => changes[name])
    if (names.length === 0) continue
    await trx.rawQuery(
      `INSERT INTO broadcast_counters (broadcast_id, operation, version, variant, ${names.join(', ')})
       VALUES (?, ?, ?, ?, ${names.map(() => '?').join(', ')})
       ON CONFLICT (broadcast_id, operation, version, variant)
       DO UPDATE SET ${names.map((name) => `${name} = broadcast_counters.${name} + excluded.${name}`).join(', ')}`,
      [broadcastId, operation, version, variant, ...names.map((name) => changes[name]!)]
    )
  }
}

const nameOf = ({ broadcastId, operation, version, variant }: CounterKey) =>
  `${String(broadcastId).padStart(16, '0')} ${operation} ${version} ${variant}`

function sumUp(deltas: CounterDelta[]): CounterDelta[] {
  const sums = new Map<string, CounterDelta>()
  for (const delta of deltas) {
    const sum = sums.get(nameOf(delta))
    if (!sum) sums.set(nameOf(delta), { ...delta })
    else for (const name of COUNTED) sum[name] = (sum[name] ?? 0) + (delta[name] ?? 0)
  }
  return [...sums.values()]
}

/** Everybody locks in the same order, so that nobody waits in a circle. */
const inOrder = (deltas: CounterDelta[]) => deltas.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
