import { Money } from '#core/money/money'
import type { BotContext } from '#bot/context'
import type { Flows } from '#bot/flows/flow'
import type { Draft } from '#bot/sessions/bot_session'

export const WITHDRAWAL_FLOW = 'withdrawal'

/** `address` and `amount` wait for a message; `check` and `sure` for the first and the second confirmation. */
export type WithdrawalStep = 'address' | 'amount' | 'check' | 'sure'

/** What the customer has said so far. */
export interface WithdrawalDraft {
  /** As EIP-55 writes it. */
  to: string
  amount?: Money
  /** The update that showed what is to be confirmed. */
  key?: number
}

/** Null when nothing, or when an older version stored it in another shape. */
export function withdrawalIn(draft: Draft | undefined): WithdrawalDraft | null {
  const { to, minor, key } = (draft?.data ?? {}) as Record<string, unknown>
  if (typeof to !== 'string') return null
  return {
    to,
    amount: typeof minor === 'string' && /^[1-9]\d{0,15}$/.test(minor) ? Money.of(BigInt(minor), 'USDT') : undefined,
    key: Number.isSafeInteger(key) ? (key as number) : undefined,
  }
}

export const withdrawalOf = (ctx: BotContext) => withdrawalIn(ctx.session.drafts[WITHDRAWAL_FLOW])

/** Whether those very words wait for that confirmation. */
export function isAsked(ctx: BotContext, step: WithdrawalStep, key: number) {
  return ctx.session.drafts[WITHDRAWAL_FLOW]?.step === step && withdrawalOf(ctx)?.key === key
}

export function keepWithdrawal(ctx: BotContext, flows: Flows, step: WithdrawalStep, draft?: WithdrawalDraft) {
  const { to, amount, key } = draft ?? {}
  const data = { ...(to && { to }), ...(amount && { minor: String(amount.minor) }), ...(key && { key }) }
  flows.enter(ctx, WITHDRAWAL_FLOW, step, data)
}
