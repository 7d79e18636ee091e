import { parseIdentifier } from '#admin/shared/list_filters'
import type { List } from '#admin/shared/list'

/** Rows that one bulk action takes at most: each is an own transaction with its audit entry. */
export const LARGEST_SELECTION = 1000

export interface Selection {
  ids: number[]
  /** More were chosen than one bulk action takes: these are the first. */
  isCut: boolean
}

/**
 * What a bulk action is asked for: `ids` (repeated, or joined by commas), or with `all=1` everything that the list's
 * search and filters leave. A page that previews it posts the ids on, so that exactly what was shown is done.
 */
export async function readSelection(list: List<any>, input: Record<string, unknown>, now: number): Promise<Selection> {
  const ids =
    input.all === '1' ? await list.ids(list.state(input), now, LARGEST_SELECTION + 1) : identifiersOf(input.ids)
  return { ids: ids.slice(0, LARGEST_SELECTION), isCut: ids.length > LARGEST_SELECTION }
}

function identifiersOf(raw: unknown): number[] {
  const texts = raw && typeof raw === 'object' ? Object.values(raw) : [raw]
  const ids = texts.flatMap((text) => String(text ?? '').split(',')).map((text) => parseIdentifier(text.trim()))
  return [...new Set(ids.filter((id) => id !== undefined))]
}
