import type { Currency } from '#core/money/currency'
import type { Money } from '#core/money/money'
import type { ProviderName } from '#payments/values'

/** What a provider is asked to collect. */
export interface InvoiceOrder {
  /** Ours; the provider keeps it with its invoice. */
  reference: string
  charge: Money
  /** For the customer to read. */
  description: string
  /** How long it may be paid from now on. */
  lifetimeMs: number
}

export interface CreatedInvoice {
  id: string
  url: string | null
  /** The answer as it came. */
  raw: unknown
}

/**
 * `partial` waits for the rest; `paid` says that money came, not how much; `short` that the rest will not come;
 * `closed` that nobody can pay it any more.
 */
export type ProviderState = 'pending' | 'partial' | 'paid' | 'short' | 'expired' | 'failed' | 'refunded'

/** The provider's own word on one of its invoices, read from its API and never from a webhook. */
export interface ProviderInvoice {
  id: string
  /** Ours, as the provider kept it. */
  reference: string | null
  state: ProviderState
  /** What the provider's invoice asks for; null in a currency that we don't know. */
  asked: Money | null
  /** What came, in the currency of `asked`; null when that can't be told. */
  received: Money | null
  /** What exactly came: a decimal and the provider's name of the asset. */
  paid: { asset: string; amount: string } | null
  /** The payment's own name, where there is one. */
  paymentId: string | null
  paidAt: number | null
  url: string | null
  raw: unknown
}

/** What a webhook is about. Its sums are not believed: the provider is asked. */
export interface WebhookMessage {
  /** The same for each delivery of the same news. */
  eventKey: string
  providerInvoiceId: string | null
  reference: string | null
}

export interface ProviderWebhook {
  /** Over the bytes as they came, in a time that tells nothing. */
  verify(body: Buffer, header: (name: string) => string | undefined): boolean
  /** @throws SyntaxError when a genuine body can't be understood. */
  parse(body: Buffer): WebhookMessage
}

export interface RefundOrder {
  /** Idempotency key, where the provider takes one. */
  key: string
  providerInvoiceId: string
  paymentId: string | null
  telegramId: number
  /** What goes back, in the currency of the charge. */
  amount: Money
  /** What exactly had come, when all of it goes back. */
  paid: { asset: string; amount: string } | null
  /** The customer's address, where the provider must be told. */
  address: string | null
}

/** `sent`: the money is on its way. Anything else that is not an error is `unknown`. */
export type RefundOutcome = { status: 'sent'; id: string | null } | { status: 'unknown'; detail: string }

export interface ProviderRefunds {
  /** The same order twice sends the money once, so that a call without an answer may be repeated. */
  readonly isRepeatable: boolean
  readonly needsAddress: boolean
  /** A part of what came can go back. */
  readonly canSendPart: boolean
  send(order: RefundOrder): Promise<RefundOutcome>
}

export interface ProviderRate {
  base: Currency
  quote: Currency
  /** Plain decimal: quote units for one base unit. */
  rate: string
}

/** One way of paying, behind one adapter. Network methods throw ProviderRefusal or ProviderUnreachable. */
export interface PaymentProvider {
  readonly name: ProviderName
  /** Currencies that it can be asked to collect. */
  readonly currencies: readonly Currency[]
  /** The largest sum of one invoice, in minor units of the first currency. */
  readonly most?: bigint
  /** `create` with the reference of an earlier one answers that one. */
  readonly isCreateRepeatable: boolean
  create(order: InvoiceOrder): Promise<CreatedInvoice>
  /** What it has made under our reference: asked when the outcome of a `create` is not known. */
  find(reference: string): Promise<ProviderInvoice[]>
  /** Its word on one invoice; null when it knows none by that id. */
  fetch(id: string): Promise<ProviderInvoice | null>
  /** Takes back what nobody has paid. */
  cancel?(id: string): Promise<void>
  readonly webhook?: ProviderWebhook
  readonly refunds?: ProviderRefunds
  rates?(): Promise<ProviderRate[]>
}
