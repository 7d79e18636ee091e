import { inject } from '@adonisjs/core'
import { transaction } from '#core/database/transaction'
import { ApplyPayment } from '#payments/actions/apply_payment'
import Invoice from '#payments/models/invoice'
import type { ProviderInvoice } from '#payments/providers/payment_provider'
import { PaymentProviders } from '#payments/providers/payment_providers'
import type { WebhookEffect } from '#payments/values'

/** Asks the provider about one invoice and brings it to where the provider says it is. Throws as the provider's calls do. */
@inject()
export class AskProvider {
  constructor(
    private providers: PaymentProviders,
    private apply: ApplyPayment
  ) {}

  async handle(invoiceId: number): Promise<WebhookEffect> {
    const invoice = await Invoice.findOrFail(invoiceId)
    const word = await this.#ask(invoice)
    return transaction((trx) => this.apply.in(trx, invoiceId, word))
  }

  /** An invoice whose making was interrupted is looked for by our reference. */
  async #ask({ provider: name, providerInvoiceId, reference }: Invoice): Promise<ProviderInvoice | null> {
    const provider = this.providers.get(name)
    if (providerInvoiceId) return provider.fetch(providerInvoiceId)
    const [found] = await provider.find(reference)
    return found ?? null
  }
}
