export type Direction = 'up' | 'down'

/** The ids with one of them a place up or down: the first can't go up, nor the last down. */
export function moved(ids: readonly number[], id: number, direction: Direction): number[] {
  const [from, to] = [ids.indexOf(id), ids.indexOf(id) + (direction === 'up' ? -1 : 1)]
  if (from === -1 || ids[to] === undefined) return [...ids]
  return ids.map((one, index) => (index === from ? ids[to] : index === to ? id : one))
}
