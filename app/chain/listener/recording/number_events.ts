import { placeOf, type FollowedEvent } from '#chain/listener/followed_event'

export interface StoredPlace {
  block_hash: string
  log_index: number
  tx_hash: string
  ordinal: number
}

export interface NumberedEvent extends FollowedEvent {
  ordinal: number
}

/**
 * Ordinals within a transaction, in the order of its logs, of what is not stored yet. What is stored keeps its own, for
 * its effect may have happened under it: a log that a node kept back at first takes the next free one.
 */
export function numberEvents(events: readonly FollowedEvent[], stored: readonly StoredPlace[]): NumberedEvent[] {
  const next = new Map<string, number>()
  const known = new Map<string, number>()
  for (const place of stored) {
    const transaction = place.block_hash + place.tx_hash
    next.set(transaction, Math.max(next.get(transaction) ?? 0, place.ordinal + 1))
    known.set(placeOf({ blockHash: place.block_hash, logIndex: place.log_index }), place.ordinal)
  }
  return events.map((event) => {
    const kept = known.get(placeOf(event))
    if (kept !== undefined) return { ...event, ordinal: kept }
    const transaction = event.blockHash + event.txHash
    const ordinal = next.get(transaction) ?? 0
    next.set(transaction, ordinal + 1)
    return { ...event, ordinal }
  })
}
