const HEADING = /<th\b[^>]*>(.*?)<\/th>/gs
const ROW = /<tr\b.*?<\/tr>/gs
/** A cell that stands below a heading of the list's own: the box that chooses a row does not. */
const CELL = /<t[dh]\b(?![^>]*\b(?:is-check|colspan)\b)/g

/**
 * Gives each cell the text of its column's heading as `data-label`: on a phone a row stands as a card and every value
 * keeps its name. Both parts are HTML that a template has escaped already.
 */
export function labelCells(head: string, body: string): string {
  const labels = [...head.matchAll(HEADING)].map(([, content]) => textOf(content))
  return body.replace(ROW, (row) => {
    const left = labels.values()
    return row.replace(CELL, (cell) => {
      const label = left.next().value
      return label ? `${cell} data-label="${label}"` : cell
    })
  })
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('"', '&quot;')
    .trim()
