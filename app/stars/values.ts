/**
 * What becomes of an order; `orders/transitions.ts` says which may follow which. Once paid, only `fulfilled` and
 * `refunded` are ends.
 */
export const ORDER_STATUSES = [
  'created',
  'awaiting_payment',
  'paid',
  'fulfilling',
  'fulfilled',
  'failed',
  'refunded',
  'cancelled',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const PAY_WITH = ['balance', 'invoice'] as const
export type PayWith = (typeof PAY_WITH)[number]

/** Currencies in which Stars are priced; the others follow from the one in TON. */
export const PRICE_CURRENCIES = ['TON', 'USDT', 'USD'] as const
export type PriceCurrency = (typeof PRICE_CURRENCIES)[number]

export const isPriceCurrency = (code: string): code is PriceCurrency =>
  (PRICE_CURRENCIES as readonly string[]).includes(code)

export const RECIPIENT_KINDS = ['self', 'username'] as const
export type RecipientKind = (typeof RECIPIENT_KINDS)[number]

export const PROVIDERS = ['manual', 'fragment'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** Why an order waits for a person. */
export const ATTENTIONS = [
  /** It may have been delivered, and nobody can tell by asking. */
  'outcome_unknown',
  /** Fragment takes the session no more. */
  'session_expired',
  /** Fragment asks to verify the account that buys. */
  'verification_needed',
  /** The day's budget of the wallet is used up. */
  'over_budget',
  /** The wallet holds too little. */
  'low_balance',
  /** Fragment asks more than the limit for a Star. */
  'too_expensive',
  /** Session or wallet is missing. */
  'not_configured',
  /** The same step failed again and again. */
  'keeps_failing',
  /** It failed, and the money could not be given back by itself. */
  'refund_refused',
] as const
export type Attention = (typeof ATTENTIONS)[number]

/** Why an order was cancelled, or its delivery failed for good. */
export const REASONS = [
  'by_customer',
  'by_admin',
  'invoice_expired',
  'invoice_failed',
  'never_invoiced',
  'recipient_not_found',
  'refused_by_provider',
] as const
export type Reason = (typeof REASONS)[number]

/** Steps of a delivery; see `fulfilment/fragment/` for the order in which they follow. */
export const FULFILMENT_STATES = [
  'queued',
  'recipient_found',
  'requested',
  'linked',
  'paying',
  'paid',
  'delivered',
  'failed',
  'abandoned',
] as const
export type FulfilmentState = (typeof FULFILMENT_STATES)[number]

export const OWN_AMOUNT_MIN = 1
export const OWN_AMOUNT_MAX = 10_000

/** What Telegram admits for one purchase of Stars; a package may hold no more. */
export const PACKAGE_MAX = 1_000_000

export const NOTE_MAX_LENGTH = 500
