import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { Closing } from '#payments/closing'
import Invoice from '#payments/models/invoice'
import { PaymentProviders } from '#payments/providers/payment_providers'

/**
 * Takes an unpaid invoice back, here and, where that is possible, at the provider; a payment that comes all the same
 * goes to the reconciliation inbox. Refuses `invoice_not_found` and `invoice_not_open`.
 */
@inject()
export class CancelInvoice {
  constructor(
    private closing: Closing,
    private providers: PaymentProviders,
    private audit: Audit,
    private logger: Logger
  ) {}

  async handle(input: { invoiceId: number; customerId?: number; actor: Actor }): Promise<Result<Invoice>> {
    const cancelled = await transaction((trx) => this.#cancel(trx, input))
    if (cancelled.ok) await this.#withdraw(cancelled.value)
    return cancelled
  }

  async #cancel(
    trx: Trx,
    { invoiceId, customerId, actor }: { invoiceId: number; customerId?: number; actor: Actor }
  ): Promise<Result<Invoice>> {
    const invoice = await Invoice.query({ client: trx }).where('id', invoiceId).forUpdate().first()
    if (!invoice || (customerId !== undefined && invoice.customerId !== customerId)) return refuse('invoice_not_found')
    if (!invoice.isOpen) return refuse('invoice_not_open')
    await this.closing.close(trx, invoice, 'cancelled')
    if (actor.type === 'admin') {
      const subject = { subjectType: 'invoice', subjectId: invoice.id }
      await this.audit.record(trx, {
        actor,
        action: 'invoice.cancelled',
        ...subject,
        after: { reference: invoice.reference },
      })
    }
    return ok(invoice)
  }

  async #withdraw({ provider: name, providerInvoiceId, reference }: Invoice) {
    const provider = this.providers.find(name)
    if (!provider || !providerInvoiceId) return
    try {
      await provider.cancel(providerInvoiceId)
    } catch (error) {
      this.logger.warn({ err: error, invoice: reference }, 'A cancelled invoice still stands at its provider')
    }
  }
}
