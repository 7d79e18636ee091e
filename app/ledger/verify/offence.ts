export const CHECKS = ['transfer', 'currency', 'entry', 'account', 'digest'] as const
export type Check = (typeof CHECKS)[number]

/** Something in the books that can't be right. */
export interface Offence {
  check: Check
  /** What offends: `transfer 12`, `account 7 (TON:wallet:3)`, `day 2026-06-01`. */
  subject: string
  /** What is wrong with it. */
  fault: string
}

/** How much a proof has looked at. */
export interface Tally {
  transfers: number
  entries: number
  accounts: number
}
