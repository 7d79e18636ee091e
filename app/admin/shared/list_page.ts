import type { CappedCount } from '#admin/shared/format'
import type { ListState } from '#admin/shared/list_state'
import { PAGE_SIZE, type List } from '#admin/shared/list'

/** One page of a list, as `@table` shows it. */
export class ListPage<Row> {
  constructor(
    readonly path: string,
    readonly state: ListState,
    readonly rows: Row[],
    readonly total: CappedCount,
    readonly page: number,
    readonly hasCsv: boolean
  ) {}

  static async read<Row>(list: List<Row>, path: string, qs: Record<string, unknown>, now: number) {
    const state = list.state(qs)
    const total = await list.count(state, now)
    const page = Math.min(state.page, lastPageOf(total))
    const rows = await list.rows(state, now, page)
    return new ListPage(path, state, rows, total, page, Boolean(list.definition.csv))
  }

  get q() {
    return this.state.q
  }

  get sort() {
    return this.state.sort
  }

  get pairs() {
    return this.state.pairs
  }

  get isNarrowed() {
    return this.state.isNarrowed
  }

  get lastPage() {
    return lastPageOf(this.total)
  }

  get from() {
    return (this.page - 1) * PAGE_SIZE + 1
  }

  get to() {
    return (this.page - 1) * PAGE_SIZE + this.rows.length
  }

  get csvUrl() {
    return this.hasCsv ? this.url({ format: 'csv' }) : null
  }

  url(changes: Parameters<ListState['queryString']>[0]) {
    return `${this.path}?${this.state.queryString(changes)}`
  }

  /** Value of a filter as the URL says it. */
  filter(name: string): string | undefined {
    const value = this.state.filters.get(name)
    return value === undefined ? undefined : String(value)
  }

  sortState(name: string): 'ascending' | 'descending' | null {
    if (this.state.sorting.name !== name) return null
    return this.state.sorting.direction === 'asc' ? 'ascending' : 'descending'
  }

  sortUrl(name: string) {
    return this.url({ sort: this.sortState(name) === 'ascending' ? `-${name}` : name })
  }
}

function lastPageOf(total: CappedCount) {
  return Math.max(1, Math.ceil(total.value / PAGE_SIZE))
}
