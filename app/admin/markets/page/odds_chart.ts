import type { OddsPoint } from '#markets/queries/odds_history_query'

export const CHART = { width: 600, height: 120 } as const

export interface OddsChart {
  /** Of the line, and of what is below it, in units of `CHART`. */
  line: string
  area: string
  from: number
  to: number
  points: OddsPoint[]
}

/** Steps of the share of YES: it stays until the next bet. Null with nothing to draw. */
export function oddsChart(points: OddsPoint[], until: number): OddsChart | null {
  if (points.length === 0) return null
  const from = points[0].at
  const to = Math.max(until, from + 1)
  const x = (at: number) => (((at - from) / (to - from)) * CHART.width).toFixed(1)
  const y = (yes: number) => (CHART.height - (yes / 100) * CHART.height).toFixed(1)
  const steps = points.slice(1).map(({ at, yes }) => `H${x(at)}V${y(yes)}`)
  const line = `M0 ${y(points[0].yes)}${steps.join('')}H${CHART.width}`
  return { line, area: `${line}V${CHART.height}H0Z`, from, to, points }
}
