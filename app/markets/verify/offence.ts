/** Something about markets that can't be right. */
export interface Offence {
  /** What offends: `bet 7K2M9QTRAB`, `market 8F3K2M9QTR`, `bettor 12`, `house`. */
  subject: string
  /** What is wrong with it. */
  fault: string
}

/** How much a proof has looked at. */
export interface Tally {
  markets: number
  positions: number
  bets: number
  bettors: number
}

/** One fault for each figure that is not what it should be. */
export function* differences(
  subject: string,
  source: string,
  figures: ReadonlyArray<[name: string, stored: unknown, real: unknown]>
): Generator<Offence> {
  for (const [name, stored, real] of figures) {
    if (String(stored) !== String(real))
      yield { subject, fault: `says ${name} ${stored} where ${source} make it ${real}` }
  }
}
