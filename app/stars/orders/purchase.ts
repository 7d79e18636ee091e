import type { Money } from '#core/money/money'
import { ok, refuse } from '#core/result'
import type StarOrder from '#stars/models/star_order'
import { parseUsername, type Recipient } from '#stars/orders/recipient'
import type { StarsChoice, StarsQuote } from '#stars/pricing/quote'

/** What every way to buy needs to know. */
export interface PurchaseInput {
  customerId: number
  choice: StarsChoice
  recipient: Recipient
  /** `version` of the quote that the customer was shown. */
  quoteVersion: string
  /**
   * Idempotency key, up to 100 characters: the same for every press of one confirmation, so that a second click finds
   * the first order. An update's id alone is not enough: each click is an update of its own.
   */
  key: string
  /** The message that shows the order from now on; it is edited as the order goes on. Without it one is sent. */
  messageId?: number | null
}

/** Refuses with `invalid_username` or `username_of_bot`. */
export function checkRecipient(recipient: Recipient) {
  if (recipient.kind === 'self') return ok(recipient)
  const username = parseUsername(recipient.username)
  return username.ok ? ok<Recipient>({ kind: 'username', username: username.value }) : username
}

/** The order that a key made. Refuses with `idempotency_conflict` when the key was used for something else. */
export function sameOrder(order: StarOrder, { customerId, choice }: PurchaseInput) {
  const same = 'packageId' in choice ? order.packageId === choice.packageId : order.stars === choice.stars
  return order.customerId === customerId && same ? ok(order) : refuse('idempotency_conflict')
}

/** Columns of a new order at the quoted price. */
export function orderColumns(input: PurchaseInput, recipient: Recipient, own: string | null, quote: StarsQuote) {
  return {
    key: input.key,
    customerId: input.customerId,
    packageId: quote.packageId,
    stars: quote.stars,
    bonus: quote.bonus,
    recipientKind: recipient.kind,
    recipientUsername: recipient.kind === 'username' ? recipient.username : own,
    payWith: quote.payWith,
    ...priceColumns(quote.price),
    messageId: input.messageId ?? null,
  }
}

const priceColumns = ({ currency, minor }: Money) => ({ currency: currency as StarOrder['currency'], price: minor })
