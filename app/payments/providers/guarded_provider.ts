import type { ProviderBreaker } from '#payments/providers/provider_breaker'
import type { InvoiceOrder, PaymentProvider, RefundOrder } from '#payments/providers/payment_provider'

/** A provider behind its breaker: what is safe to repeat is repeated. */
export class GuardedProvider {
  constructor(
    readonly provider: PaymentProvider,
    readonly breaker: ProviderBreaker
  ) {}

  get name() {
    return this.provider.name
  }

  get currencies() {
    return this.provider.currencies
  }

  get isCreateRepeatable() {
    return this.provider.isCreateRepeatable
  }

  get webhook() {
    return this.provider.webhook
  }

  get refunds() {
    return this.provider.refunds
  }

  create(order: InvoiceOrder) {
    return this.breaker.run(() => this.provider.create(order), { repeatable: this.isCreateRepeatable })
  }

  find(reference: string) {
    return this.breaker.run(() => this.provider.find(reference), { repeatable: true })
  }

  fetch(id: string) {
    return this.breaker.run(() => this.provider.fetch(id), { repeatable: true })
  }

  async cancel(id: string) {
    if (this.provider.cancel) await this.breaker.run(() => this.provider.cancel!(id), { repeatable: true })
  }

  sendRefund(order: RefundOrder) {
    const { refunds } = this.provider
    if (!refunds) throw new Error(`${this.name} sends no refunds`)
    return this.breaker.run(() => refunds.send(order), { repeatable: refunds.isRepeatable })
  }

  async rates() {
    return this.provider.rates ? this.breaker.run(() => this.provider.rates!(), { repeatable: true }) : []
  }
}
