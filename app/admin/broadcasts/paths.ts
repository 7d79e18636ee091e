type Query = Record<string, string | number | undefined>

/** A path of this section: `pathTo(`${reference}/edit`, { mode: 'now' })`. */
export function pathTo(tail = '', query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return `/admin/broadcasts${tail && `/${tail}`}${search.size ? `?${search}` : ''}`
}
