/** The most arrivals in any window of one second, by two pointers over the sorted moments (milliseconds). */
export function maxInAnySecond(moments: number[]): number {
  const sorted = [...moments].sort((a, b) => a - b)
  let most = 0
  for (let first = 0, last = 0; last < sorted.length; last++) {
    while (sorted[last] - sorted[first] >= 1000) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

/** Arrivals a second between the first and the last. */
export function rateOf(moments: number[]): number {
  const [first, last] = [Math.min(...moments), Math.max(...moments)]
  return ((moments.length - 1) / (last - first)) * 1000
}

/** The value that the given share of all values does not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * share) - 1]
}
