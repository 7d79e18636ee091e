import type { Actor } from '#core/contracts/audit'
import type { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import type Bet from '#markets/models/bet'
import type Market from '#markets/models/market'
import type { BetSource, Outcome } from '#markets/values'

export interface BetInput {
  customerId: number
  /** Its reference. */
  market: string
  outcome: Outcome
  /** PRED. */
  stake: Money
  /** `odds` of the quote that the customer confirmed, in hundredths. */
  shownOdds: number
  /** Idempotency key, up to 150 characters: the same for every press of one confirmation. */
  key: string
  source: BetSource
  actor: Actor
}

/** The bet that a key made. Refuses with `idempotency_conflict` when the key was used for something else. */
export function sameBet(bet: Bet, market: Market | null, input: BetInput): Result<Bet> {
  const isSame =
    bet.customerId === input.customerId &&
    bet.marketId === market?.id &&
    bet.outcome === input.outcome &&
    bet.stake === input.stake.minor
  return isSame ? ok(bet) : refuse('idempotency_conflict')
}
