const CELLS = 10

/** `▰▰▰▱▱▱▱▱▱▱`: full only when it is reached, and never empty once it has begun. */
export function progressBar(progress: number, target: number): string {
  const share = Math.floor((Math.min(progress, target) * CELLS) / target)
  const full = progress > 0 && share === 0 ? 1 : share
  return '▰'.repeat(full) + '▱'.repeat(CELLS - full)
}
