/**
 * A stake from `least` up to below `refused` that passes while a minor unit more does not; null when even the least
 * does not pass. Odds fall in steps, so that a larger one may pass again further up: nobody is told to bet that.
 */
export function largestStake(least: bigint, refused: bigint, passes: (stake: bigint) => boolean): bigint | null {
  if (least >= refused || !passes(least)) return null
  let [taken, tooMuch] = [least, refused]
  while (tooMuch - taken > 1n) {
    const middle = (taken + tooMuch) / 2n
    if (passes(middle)) taken = middle
    else tooMuch = middle
  }
  return taken
}
