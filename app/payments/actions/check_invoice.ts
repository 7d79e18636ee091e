import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import Invoice from '#payments/models/invoice'
import { isProviderFault, ProviderDown } from '#payments/providers/provider_errors'

export interface CheckInput {
  invoiceId: number
  /** Whose it must be. */
  customerId?: number
  /** An admin who asks is audited. */
  actor?: Actor
}

/**
 * "Check payment": asks the provider at once. A customer sees their own invoices only. Refuses `invoice_not_found`,
 * `provider_down`, `provider_unavailable`.
 */
@inject()
export class CheckInvoice {
  constructor(
    private ask: AskProvider,
    private audit: Audit
  ) {}

  async handle({ invoiceId, customerId, actor }: CheckInput): Promise<Result<Invoice>> {
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
    await invoice.refresh()
    if (actor?.type === 'admin') await this.#record(invoice, actor)
    return ok(invoice)
  }

  #record({ id, reference, status }: Invoice, actor: Actor) {
    return transaction((trx) =>
      this.audit.record(trx, {
        actor,
        action: 'invoice.checked',
        subjectType: 'invoice',
        subjectId: id,
        after: { reference, status },
      })
    )
  }
}
