import type { KeyWrapper } from '#core/contracts/key_wrapper'
import { Money } from '#core/money/money'
import type { Currency } from '#core/money/currency'
import WebhookEvent from '#payments/models/webhook_event'
import type {
  CreatedInvoice,
  InvoiceOrder,
  PaymentProvider,
  ProviderInvoice,
} from '#payments/providers/payment_provider'
import { unwrapBody } from '#payments/webhooks/webhook_body'

/** A payment made on the sandbox's pay page, as the journal keeps it: minor units of the charge. */
export interface SandboxPayment {
  reference: string
  currency: Currency
  asked: string
  received: string
}

/**
 * A way of paying for development: a pay page of this very server, with no account anywhere. What was "paid" there is
 * kept in the webhook journal, which this provider reads as others read their API.
 */
export class SandboxPay implements PaymentProvider {
  readonly name = 'sandbox'
  readonly currencies = ['TON', 'USDT', 'USD'] as const
  readonly isCreateRepeatable = true

  constructor(
    private readonly payPage: string,
    private readonly keys: KeyWrapper
  ) {}

  async create({ reference }: InvoiceOrder): Promise<CreatedInvoice> {
    return { id: reference, url: `${this.payPage}/${reference}`, raw: { reference } }
  }

  async find(reference: string) {
    const found = await this.fetch(reference)
    return found ? [found] : []
  }

  async fetch(id: string): Promise<ProviderInvoice | null> {
    const event = await WebhookEvent.findBy({ provider: this.name, eventKey: id })
    return event?.body ? sandboxWord(JSON.parse(unwrapBody(this.keys, event.body).toString())) : null
  }
}

export function sandboxWord(payment: SandboxPayment): ProviderInvoice {
  const { reference, currency, asked, received } = payment
  const money = Money.of(BigInt(received), currency)
  return {
    id: reference,
    reference,
    state: 'paid',
    asked: Money.of(BigInt(asked), currency),
    received: money,
    paid: { asset: currency, amount: money.toDecimal() },
    paymentId: null,
    paidAt: null,
    url: null,
    raw: payment,
  }
}
