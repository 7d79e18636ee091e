/** What becomes of an invoice: see `invoice_states.ts` for the ways between them. */
export const INVOICE_STATUSES = [
  'created',
  'pending',
  'paid',
  'underpaid',
  'overpaid',
  'expired',
  'failed',
  'cancelled',
  'refunded',
] as const
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

/** An invoice that nobody has paid closes in one of these. */
export type ClosedStatus = 'expired' | 'cancelled' | 'failed'

export const PROVIDER_NAMES = ['crypto_pay', 'heleket', 'telegram_stars', 'balance', 'sandbox'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]

/** Why a payment waits for a person. */
export const BREAK_KINDS = [
  /** Nobody here asked for it. */
  'unmatched',
  'underpaid',
  /** The invoice was honoured; the rest waits. */
  'overpaid',
  /** Came when the invoice was closed. */
  'late',
  /** A second payment for one invoice. */
  'duplicate',
  'wrong_currency',
  /** The provider's invoice asks for something else than ours. */
  'mismatch',
  /** Paid, but what it was for can't be had any more. */
  'undeliverable',
  /** Nobody knows whether the provider sent the money back. */
  'refund_unknown',
] as const
export type BreakKind = (typeof BREAK_KINDS)[number]

export const BREAK_STATUSES = ['open', 'settled', 'dismissed'] as const
export type BreakStatus = (typeof BREAK_STATUSES)[number]

/** How a person settles a break; `paid` is said by the books themselves, when the missing rest came. */
export const RESOLUTIONS = ['credit_received', 'honour', 'refund', 'dismiss', 'paid'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

export const REFUND_STATUSES = ['pending', 'sending', 'done', 'failed', 'unknown'] as const
export type RefundStatus = (typeof REFUND_STATUSES)[number]

export const REFUND_WAYS = ['provider', 'balance'] as const
export type RefundWay = (typeof REFUND_WAYS)[number]

/** What came of a webhook. */
export const WEBHOOK_EFFECTS = [
  'credited',
  'recorded',
  'closed',
  'nothing',
  'break',
  'unknown_invoice',
  'not_ours',
  'unreadable',
] as const
export type WebhookEffect = (typeof WEBHOOK_EFFECTS)[number]

export const REASON_MAX_LENGTH = 500
