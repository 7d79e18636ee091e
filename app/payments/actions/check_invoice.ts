import { inject } from '@adonisjs/core'
import { ok, refuse, type Result } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import Invoice from '#payments/models/invoice'
import { isProviderFault, ProviderDown } from '#payments/providers/provider_errors'

/**
 * "Check payment": asks the provider at once. A customer sees their own invoices only. Refuses `invoice_not_found`,
 * `provider_down`, `provider_unavailable`.
 */
@inject()
export class CheckInvoice {
  constructor(private ask: AskProvider) {}

  async handle({ invoiceId, customerId }: { invoiceId: number; customerId?: number }): Promise<Result<Invoice>> {
    const invoice = await Invoice.find(invoiceId)
    if (!invoice || (customerId !== undefined && invoice.customerId !== customerId)) return refuse('invoice_not_found')
    if (invoice.provider === 'balance') return ok(invoice)
    try {
      await this.ask.handle(invoice.id)
    } catch (error) {
      if (error instanceof ProviderDown) return refuse('provider_down', { provider: invoice.provider })
      if (isProviderFault(error)) return refuse('provider_unavailable', { provider: invoice.provider })
      throw error
    }
    return ok(await invoice.refresh())
  }
}
