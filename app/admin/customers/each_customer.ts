import type { Result } from '#core/result'

export interface BulkOutcome {
  done: number
  /** Refusals by code. */
  refused: Map<string, number>
}

/** Runs one action for each id, one after the other: each is a change of its own, with its own audit entry. */
export async function forEachCustomer(
  ids: number[],
  act: (id: number) => Promise<Result<unknown>>
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, refused: new Map() }
  for (const id of ids) {
    const result = await act(id)
    if (result.ok) outcome.done++
    else outcome.refused.set(result.refusal.code, (outcome.refused.get(result.refusal.code) ?? 0) + 1)
  }
  return outcome
}
