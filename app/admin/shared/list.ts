import db from '@adonisjs/lucid/services/db'
import { CAPPED_AT, type CappedCount } from '#admin/shared/format'
import { ListState, type ListSorting } from '#admin/shared/list_state'
import type { ListFilter, ListQuery, ListSearch } from '#admin/shared/list_filters'

export const PAGE_SIZE = 25

/** Columns of the CSV: header to value. */
export type CsvColumns<Row> = Record<string, (row: Row) => string | number | boolean | null | undefined>

export interface ListDefinition<Row> {
  /** Name of the CSV file. */
  name: string
  /** What is listed, selected and joined, without order or limit; joins must not repeat a row. */
  query(): ListQuery
  /** Turns a database row into what the page and the CSV read. */
  map?(row: any): Row
  /** Unique, ascending with time: breaks ties of every sort and pages the CSV. */
  id: string
  search?: readonly ListSearch[]
  filters?: Record<string, ListFilter>
  /** Name in the URL to column. */
  sorts: Record<string, string>
  /** As in the URL: `-joined` is newest first. */
  defaultSort: string
  /** Counts along the index of the order: where few of many rows match, a planner may think a scan finds them sooner. */
  countsInOrder?: boolean
  csv?: CsvColumns<Row>
}

/** What a page of the panel lists, declared once. Whatever the URL holds, it answers: unknown parts are left out. */
export class List<Row> {
  constructor(readonly definition: ListDefinition<Row>) {}

  state(qs: Record<string, unknown>) {
    return ListState.parse(this.definition, qs)
  }

  /** The rows that search and filters leave, in no order. Of what a search finds, the first 10 001 in each way. */
  narrowed(state: ListState, now: number): ListQuery {
    const query = this.filtered(state, now)
    if (state.q === '') return query
    const found = foundBy(this.definition.search ?? [], state.q)
    return found ? query.whereIn(this.definition.id, found) : query.whereRaw('1 = 0')
  }

  /** The rows that the filters leave, whatever is searched. */
  filtered(state: ListState, now: number): ListQuery {
    const query = this.definition.query()
    for (const [name, value] of state.filters) this.definition.filters![name].apply(query, value, now)
    return query
  }

  async count(state: ListState, now: number): Promise<CappedCount> {
    const some = this.narrowed(state, now)
      .clearSelect()
      .select(db.raw('1'))
      .limit(CAPPED_AT + 1)
    if (this.definition.countsInOrder) this.#order(some, state.sorting)
    const [{ total }] = await db.from(some.as('some')).count('* as total')
    return { value: Math.min(Number(total), CAPPED_AT), capped: Number(total) > CAPPED_AT }
  }

  async rows(state: ListState, now: number, page: number): Promise<Row[]> {
    const query = this.narrowed(state, now)
    this.#order(query, state.sorting)
    return this.mapped(await query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE))
  }

  /** Ids of the first rows in the order of the page. */
  async ids(state: ListState, now: number, limit: number): Promise<number[]> {
    const query = this.narrowed(state, now).clearSelect().select({ id: this.definition.id })
    this.#order(query, state.sorting)
    const rows = await query.limit(limit)
    return rows.map(({ id }) => id)
  }

  #order(query: ListQuery, { column, direction }: ListSorting) {
    query.orderBy(column, direction)
    if (column !== this.definition.id) query.orderBy(this.definition.id, direction)
  }

  mapped(rows: any[]): Row[] {
    return this.definition.map ? rows.map((row) => this.definition.map!(row)) : rows
  }
}

export function defineList<Row = any>(definition: ListDefinition<Row>) {
  return new List(definition)
}

/** Each way to search uses its own index; a text that can't be meant in any way finds nothing. */
function foundBy(searches: readonly ListSearch[], text: string) {
  const ways = searches.map((search) => search(text)).filter((query) => query !== undefined)
  const [first, ...others] = ways.map((query, way) => db.from(query.limit(CAPPED_AT + 1).as(`way_${way}`)).select('*'))
  return first && others.reduce((union, other) => union.union(other), first)
}
