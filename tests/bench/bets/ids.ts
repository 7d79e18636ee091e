/** Ids of one width, so that a statement about one of them can be written about any other. */
export const FIRST_MARKET = 6_543_000
export const FIRST_CUSTOMER = 7_654_000

export const marketReference = (id: number) => `M00${id}`
export const positionId = (market: number, customer: number) => (market - FIRST_MARKET) * 10_000 + customer
/** Who has bet on one side of a market stays on it. */
export const sideOf = (customer: number) => (customer % 2 ? 'YES' : 'NO')

export interface Floor {
  markets: number
  customers: number
}
