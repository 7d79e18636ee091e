import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { Closing } from '#payments/closing'
import Invoice from '#payments/models/invoice'
import { wrapPayload } from '#payments/payload'
import { pollDelay } from '#payments/poll_times'
import type { GuardedProvider } from '#payments/providers/guarded_provider'
import type { CreatedInvoice } from '#payments/providers/payment_provider'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { isProviderFault, ProviderDown, ProviderRefusal } from '#payments/providers/provider_errors'

/** Longer than all tries of one call together: whoever claimed it then is dead. */
const CLAIM_MS = 60_000

/**
 * Puts an invoice that has been written down to the provider, once: one process at a time, and whoever takes it up
 * after a crash looks first whether the one before got through. A payment of an invoice that all the same exists twice
 * there carries our reference, so that it is found.
 */
@inject()
export class PrepareInvoice {
  constructor(
    private clock: Clock,
    private providers: PaymentProviders,
    private closing: Closing,
    private keys: KeyWrapper,
    private logger: Logger
  ) {}

  /** Refuses `invoice_in_preparation`, `provider_down`, `provider_unavailable` or `provider_refused`. */
  async handle(invoiceId: number): Promise<Result<Invoice>> {
    const isMine = await this.#claim(invoiceId)
    const invoice = await Invoice.findOrFail(invoiceId)
    if (!isMine) return invoice.status === 'created' ? refuse('invoice_in_preparation') : ok(invoice)
    try {
      const provider = this.providers.get(invoice.provider)
      return ok(await this.#store(invoice, await this.#obtain(provider, invoice), provider))
    } catch (error) {
      return this.#failed(invoice, error)
    }
  }

  async #claim(id: number) {
    const now = this.clock.now()
    const changed = await db
      .from('invoices')
      .where({ id, status: 'created' })
      .where((free) => free.whereNull('claimed_at').orWhere('claimed_at', '<', now - CLAIM_MS))
      .update({ claimed_at: now, create_attempts: db.rawQuery('create_attempts + 1') })
    return Number(changed) === 1
  }

  async #obtain(provider: GuardedProvider, invoice: Invoice): Promise<CreatedInvoice> {
    if (invoice.createAttempts > 1 && !provider.isCreateRepeatable) {
      const [first, ...others] = await provider.find(invoice.reference)
      for (const { id, state } of others) if (state === 'pending') await provider.cancel(id)
      if (first) return first
    }
    const { reference, charge, description, expiresAt } = invoice
    return provider.create({ reference, charge, description, lifetimeMs: expiresAt - this.clock.now() })
  }

  async #store({ id }: Invoice, created: CreatedInvoice, provider: GuardedProvider) {
    const now = this.clock.now()
    const stored = await transaction(async (trx) => {
      const invoice = await Invoice.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      invoice.merge({ providerInvoiceId: created.id, payUrl: created.url, claimedAt: null, updatedAt: now })
      invoice.payload ??= wrapPayload(this.keys, created.raw)
      if (invoice.status === 'created') invoice.become('pending', now).merge({ nextPollAt: now + pollDelay(0) })
      return invoice.save()
    })
    if (stored.status === 'cancelled') await this.#withdraw(stored, provider)
    return stored
  }

  /** Cancelled while it was being made. */
  async #withdraw({ providerInvoiceId, reference }: Invoice, provider: GuardedProvider) {
    try {
      await provider.cancel(providerInvoiceId!)
    } catch (error) {
      this.logger.warn({ err: error, invoice: reference }, 'A cancelled invoice still stands at its provider')
    }
  }

  async #failed(invoice: Invoice, error: unknown): Promise<Result<Invoice>> {
    const wasNeverSent = error instanceof ProviderDown && invoice.createAttempts === 1
    if (wasNeverSent || (error instanceof ProviderRefusal && !error.isFault)) {
      this.logger.warn({ err: error, invoice: invoice.reference }, 'A provider did not make an invoice')
      await this.#close(invoice.id, error as Error)
      return refuse(wasNeverSent ? 'provider_down' : 'provider_refused', { provider: invoice.provider })
    }
    await Invoice.query().where('id', invoice.id).update({ claimed_at: null })
    if (error instanceof ProviderDown) return refuse('provider_down', { provider: invoice.provider })
    if (isProviderFault(error)) return refuse('provider_unavailable', { provider: invoice.provider })
    throw error
  }

  #close(id: number, error: Error) {
    return transaction(async (trx) => {
      const invoice = await Invoice.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      if (invoice.status === 'created') await this.closing.close(trx, invoice, 'failed', error.message)
    })
  }
}
