import type { ProviderName } from '#payments/values'
import { PROVIDER_NAMES } from '#payments/values'
import type { Recipient } from '#stars/orders/recipient'
import type { StarsChoice } from '#stars/pricing/quote'
import type { BotContext } from '#bot/context'
import type { Flows } from '#bot/flows/flow'
import type { Draft } from '#bot/sessions/bot_session'

export const SHOP_FLOW = 'stars'

/** Where a purchase of Stars stands. `amount` and `username` wait for a message. */
export type ShopStep = 'amount' | 'username' | 'offer' | 'confirm'

/** What was shown to be confirmed. */
export interface ShownOffer {
  /** The update that showed it. */
  key: number
  way: ProviderName
  version: string
}

export interface Purchase {
  choice: StarsChoice
  recipient: Recipient
  shown?: ShownOffer
}

/** What the customer has chosen so far; null when nothing, or when an older version stored it in another shape. */
export function purchaseIn(draft: Draft | undefined): Purchase | null {
  const { choice, recipient, shown } = (draft?.data ?? {}) as Partial<Purchase>
  if (!isChoice(choice)) return null
  return {
    choice,
    recipient: isRecipient(recipient) ? recipient : { kind: 'self' },
    shown: isShown(shown) ? shown : undefined,
  }
}

export const purchaseOf = (ctx: BotContext) => purchaseIn(ctx.session.drafts[SHOP_FLOW])

export function keepPurchase(ctx: BotContext, flows: Flows, step: ShopStep, purchase: Purchase) {
  flows.enter(ctx, SHOP_FLOW, step, { ...purchase })
}

function isChoice(value: unknown): value is StarsChoice {
  const { packageId, stars } = (value ?? {}) as { packageId?: unknown; stars?: unknown }
  return Number.isSafeInteger(packageId) || Number.isSafeInteger(stars)
}

function isRecipient(value: unknown): value is Recipient {
  const { kind, username } = (value ?? {}) as { kind?: unknown; username?: unknown }
  return kind === 'self' || (kind === 'username' && typeof username === 'string')
}

function isShown(value: unknown): value is ShownOffer {
  const { key, way, version } = (value ?? {}) as Partial<ShownOffer>
  return Number.isSafeInteger(key) && typeof version === 'string' && PROVIDER_NAMES.includes(way as ProviderName)
}
