import { Money } from '#core/money/money'
import { OUTCOMES, type Outcome } from '#markets/values'
import type { BotContext } from '#bot/context'
import type { Flows } from '#bot/flows/flow'
import type { Draft } from '#bot/sessions/bot_session'

export const BET_FLOW = 'bet'

/** On what the customer wants to bet. */
export interface Wish {
  /** Reference of the market. */
  market: string
  outcome: Outcome
}

export interface BetDraft extends Wish {
  stake?: Money
  /** What was shown to be confirmed: by which update, at which odds in hundredths. */
  shown?: { key: number; odds: number }
}

/** What has been chosen so far; null when nothing, or when an older version stored it in another shape. */
export function betIn(draft: Draft | undefined): BetDraft | null {
  const { market, outcome, stake, key, odds } = (draft?.data ?? {}) as Record<string, unknown>
  if (typeof market !== 'string' || !OUTCOMES.includes(outcome as Outcome)) return null
  const isShown = Number.isSafeInteger(key) && Number.isSafeInteger(odds)
  return {
    market,
    outcome: outcome as Outcome,
    stake: typeof stake === 'string' && /^[1-9]\d{0,15}$/.test(stake) ? Money.of(BigInt(stake), 'PRED') : undefined,
    shown: isShown ? { key: key as number, odds: odds as number } : undefined,
  }
}

export const betOf = (ctx: BotContext) => betIn(ctx.session.drafts[BET_FLOW])

/** From now on a number that is written is a stake on it. */
export function keepBet(ctx: BotContext, flows: Flows, { market, outcome, stake, shown }: BetDraft) {
  const data = { market, outcome, ...(stake && { stake: String(stake.minor) }), ...shown }
  flows.enter(ctx, BET_FLOW, stake ? 'confirm' : 'stake', data)
}
