import type { ListDefinition } from '#admin/shared/list'

const LONGEST_SEARCH = 100
const LAST_PAGE = 400

export interface ListSorting {
  name: string
  column: string
  direction: 'asc' | 'desc'
}

/** What the URL of a list asks for, after everything unknown was left out. */
export class ListState {
  constructor(
    readonly q: string,
    readonly filters: Map<string, unknown>,
    readonly sorting: ListSorting,
    readonly page: number
  ) {}

  static parse(
    definition: Pick<ListDefinition<any>, 'filters' | 'sorts' | 'defaultSort' | 'search'>,
    qs: Record<string, unknown>
  ) {
    const filters = new Map<string, unknown>()
    for (const [name, filter] of Object.entries(definition.filters ?? {})) {
      const value = filter.parse(textOf(qs[name]))
      if (value !== undefined) filters.set(name, value)
    }
    return new ListState(
      definition.search?.length ? textOf(qs.q).trim().replace(/\0/g, '').slice(0, LONGEST_SEARCH) : '',
      filters,
      sortingOf(definition, textOf(qs.sort)),
      pageOf(textOf(qs.page))
    )
  }

  /** As the URL says it. */
  get sort() {
    return (this.sorting.direction === 'desc' ? '-' : '') + this.sorting.name
  }

  get isNarrowed() {
    return this.q !== '' || this.filters.size > 0
  }

  /** Search and filters as pairs of the URL. */
  get pairs(): Array<{ name: string; value: string }> {
    const pairs = [...this.filters].map(([name, value]) => ({ name, value: String(value) }))
    return this.q === '' ? pairs : [{ name: 'q', value: this.q }, ...pairs]
  }

  /** The query string of this list with some parts changed. */
  queryString(changes: { page?: number; sort?: string; [extra: string]: string | number | undefined } = {}) {
    const { page, sort, ...extra } = changes
    const search = new URLSearchParams(this.pairs.map(({ name, value }): [string, string] => [name, value]))
    search.set('sort', sort ?? this.sort)
    if (page !== undefined && page > 1) search.set('page', String(page))
    for (const [name, value] of Object.entries(extra)) search.set(name, String(value))
    return search.toString()
  }
}

function textOf(raw: unknown): string {
  return typeof raw === 'string' ? raw : ''
}

function pageOf(raw: string): number {
  return /^\d{1,6}$/.test(raw) ? Math.min(Math.max(Number(raw), 1), LAST_PAGE) : 1
}

function sortingOf(
  { sorts, defaultSort }: Pick<ListDefinition<any>, 'sorts' | 'defaultSort'>,
  raw: string
): ListSorting {
  const asked = Object.hasOwn(sorts, raw.replace(/^-/, '')) ? raw : defaultSort
  const name = asked.replace(/^-/, '')
  return { name, column: sorts[name], direction: asked.startsWith('-') ? 'desc' : 'asc' }
}
