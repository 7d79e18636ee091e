import { CAPPED_AT } from '#admin/shared/format'
import type { List } from '#admin/shared/list'
import type { ListQuery } from '#admin/shared/list_filters'
import type { ListState } from '#admin/shared/list_state'

const BATCH = 1000
/** Ids that one statement looks through when a search finds too many to gather them. */
const WINDOW = 20_000

/**
 * Every row that search and filters leave, in order of id and in batches: never slower at the end than at the
 * beginning, and the database is free in between.
 */
export async function* batchesOf<Row>(list: List<Row>, state: ListState, now: number): AsyncGenerator<Row[]> {
  if (await findsVeryMany(list, state)) yield* windowsOf(list, state, now)
  else yield* pagesOf(list, state, now)
}

async function findsVeryMany(list: List<any>, { q }: ListState) {
  if (q === '') return false
  for (const search of list.definition.search ?? []) {
    const found = await (search.matches && search(q)?.limit(CAPPED_AT + 1))
    if (found && found.length > CAPPED_AT) return true
  }
  return false
}

async function* pagesOf<Row>(list: List<Row>, state: ListState, now: number) {
  for (let last: number | undefined; ;) {
    const query = list.narrowed(state, now)
    if (last !== undefined) query.where(list.definition.id, '>', last)
    const rows = await inOrderOfId(list, query).limit(BATCH)
    yield list.mapped(rows)
    if (rows.length < BATCH) return
    last = rows.at(-1).id
  }
}

async function* windowsOf<Row>(list: List<Row>, state: ListState, now: number) {
  const { id, search } = list.definition
  const [{ last }] = await list.definition.query().clearSelect().max(id, 'last')
  for (let from = 0; from < last; from += WINDOW) {
    const query = list.filtered(state, now).whereBetween(id, [from + 1, from + WINDOW])
    query.where((alternatives) => search!.forEach((way) => way.matches?.(alternatives as ListQuery, state.q)))
    yield list.mapped(await inOrderOfId(list, query))
  }
}

const inOrderOfId = (list: List<any>, query: ListQuery) => query.orderBy(list.definition.id, 'asc')
