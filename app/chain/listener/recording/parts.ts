import type { ReadBlocks } from '#chain/listener/recording/record_blocks'

/** Events that one transaction writes, more or less: whole blocks only. Others wait for the database meanwhile. */
const EVENTS_A_PART = 2_000

/** What was read at once, as it is written: part by part, the headers with the last one. */
export function partsOf({ from, to, events, headers, wallets }: ReadBlocks, size = EVENTS_A_PART): ReadBlocks[] {
  const parts: ReadBlocks[] = []
  let start = 0
  let first = from
  for (let end = 1; end < events.length; end++) {
    const isNewBlock = events[end].blockNumber !== events[end - 1].blockNumber
    if (end - start < size || !isNewBlock) continue
    const last = events[end - 1].blockNumber
    parts.push({ from: first, to: last, events: events.slice(start, end), headers: [], wallets })
    start = end
    first = last + 1
  }
  return [...parts, { from: first, to, events: events.slice(start), headers, wallets }]
}
