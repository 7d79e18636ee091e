import type { Books } from '#markets/pricing/books'

/** Of a market without bets. */
export const emptyBooks = (books: Partial<Books> = {}): Books => ({
  ...{ pricing: 'fixed_odds', feePoints: null },
  ...{ yesPool: 0n, noPool: 0n, yesPotential: 0n, noPotential: 0n },
  ...{ yesBought: 0n, noBought: 0n, yesBoughtPotential: 0n, noBoughtPotential: 0n },
  ...books,
})
