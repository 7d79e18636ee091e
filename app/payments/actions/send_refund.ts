import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { redact } from '#core/redaction'
import { transaction, type Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { BreakBook } from '#payments/breaks/break_book'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import Refund from '#payments/models/refund'
import type { GuardedProvider } from '#payments/providers/guarded_provider'
import type { RefundOrder, RefundOutcome } from '#payments/providers/payment_provider'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { ProviderDown, ProviderRefusal } from '#payments/providers/provider_errors'
import { unwrapAddress } from '#payments/refunds/refund_address'
import { RefundBook } from '#payments/refunds/refund_book'

/** Whoever has been sending for that long is dead. */
const CLAIM_MS = 120_000
/** Of a provider that sends the same order once: after that many tries without an answer a person looks. */
const TRIES = 10

/**
 * Asks the provider to send a refund that is in the books. One process at a time; after a crash in the middle it is
 * asked again only where the same order sends the money once, and looked up or left to a person elsewhere.
 */
@inject()
export class SendRefund {
  constructor(
    private clock: Clock,
    private providers: PaymentProviders,
    private book: RefundBook,
    private breaks: BreakBook,
    private keys: KeyWrapper,
    private logger: Logger
  ) {}

  async handle(refundId: number) {
    const known = await Refund.findOrFail(refundId)
    const provider = await this.#providerOf(known)
    const claimed = await this.#claim(refundId)
    if (!claimed) return
    const { refund, wasSending } = claimed
    const mayHaveLeft = wasSending && !provider.refunds!.isRepeatable
    try {
      const outcome = mayHaveLeft ? await this.#lookUp(provider, refund) : await this.#send(provider, refund)
      await this.#settle(refund, outcome)
    } catch (error) {
      if (mayHaveLeft) await this.#notSeen(refund, error as Error)
      else await this.#failed(provider, refund, error as Error)
    }
  }

  async #providerOf({ invoiceId }: Refund) {
    const invoice = await Invoice.findOrFail(invoiceId)
    return this.providers.get(invoice.provider)
  }

  /** `wasSending`: whoever had it before died in the middle. Null when it is somebody else's, or over. */
  #claim(id: number): Promise<{ refund: Refund; wasSending: boolean } | null> {
    const now = this.clock.now()
    return transaction(async (trx) => {
      const refund = await Refund.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      const isStale = refund.status === 'sending' && (refund.startedAt ?? 0) < now - CLAIM_MS
      if (refund.status !== 'pending' && !isStale) return null
      await refund.merge({ status: 'sending', startedAt: now, updatedAt: now, attempts: refund.attempts + 1 }).save()
      return { refund, wasSending: isStale }
    })
  }

  async #send(provider: GuardedProvider, refund: Refund): Promise<RefundOutcome> {
    return provider.sendRefund(await this.#order(refund))
  }

  async #order(refund: Refund): Promise<RefundOrder> {
    const invoice = await Invoice.findOrFail(refund.invoiceId)
    const customer = await Customer.findOrFail(invoice.customerId)
    const { detail } = (refund.breakId && (await PaymentBreak.find(refund.breakId))) || { detail: null }
    const isWhole = refund.breakId === null && invoice.paidAsset !== null && !invoice.hasExcess
    return {
      key: `${invoice.reference}-${refund.id}`,
      providerInvoiceId: String(detail?.provider_id ?? invoice.providerInvoiceId),
      paymentId: detail?.payment_id ? String(detail.payment_id) : invoice.providerPaymentId,
      telegramId: customer.telegramId,
      amount: refund.money,
      paid: isWhole ? { asset: invoice.paidAsset!, amount: invoice.paidAssetAmount! } : null,
      address: refund.address && unwrapAddress(this.keys, refund.address),
    }
  }

  async #lookUp(provider: GuardedProvider, refund: Refund): Promise<RefundOutcome> {
    const { providerInvoiceId } = await this.#order(refund)
    const word = await provider.fetch(providerInvoiceId)
    if (word?.state === 'refunded') return { status: 'sent', id: providerInvoiceId }
    return { status: 'unknown', detail: 'the process ended while the provider was asked' }
  }

  #settle({ id }: Refund, outcome: RefundOutcome) {
    return this.#locked(id, async (trx, refund, invoice) => {
      if (outcome.status === 'sent') return this.book.complete(trx, refund, invoice, outcome.id)
      return this.#giveToPerson(trx, refund, invoice, outcome.detail)
    })
  }

  async #failed(provider: GuardedProvider, refund: Refund, error: Error) {
    this.logger.warn({ err: error, refund: refund.id }, 'A refund was not sent')
    const message = redact(error.message).slice(0, 300)
    const wasRefused = error instanceof ProviderRefusal && !error.isFault
    const mayRepeat = error instanceof ProviderDown || (provider.refunds!.isRepeatable && refund.attempts < TRIES)
    await this.#locked(refund.id, async (trx, locked, invoice) => {
      if (wasRefused) return this.book.fail(trx, locked, invoice, message)
      if (!mayRepeat) return this.#giveToPerson(trx, locked, invoice, message)
      await locked.merge({ status: 'pending', error: message, updatedAt: this.clock.now() }).save()
    })
  }

  /** It may have left and could not be looked up: it is looked up again, and never sent again. */
  async #notSeen(refund: Refund, error: Error) {
    this.logger.warn({ err: error, refund: refund.id }, 'What became of a refund could not be seen')
    const message = redact(error.message).slice(0, 300)
    await this.#locked(refund.id, async (trx, locked, invoice) => {
      if (refund.attempts >= TRIES) return this.#giveToPerson(trx, locked, invoice, message)
      await locked.merge({ error: message, updatedAt: this.clock.now() }).save()
    })
  }

  async #giveToPerson(trx: Trx, refund: Refund, invoice: Invoice, detail: string) {
    await refund.merge({ status: 'unknown', error: detail, updatedAt: this.clock.now() }).save()
    await this.breaks.open(trx, {
      kind: 'refund_unknown',
      provider: invoice.provider,
      fingerprint: `refund:${refund.id}`,
      invoiceId: invoice.id,
      customerId: invoice.customerId,
      amount: refund.money,
      isParked: false,
      suggestion: 'dismiss',
      detail: { refund: refund.id, why: detail },
    })
  }

  /** The invoice first, as everywhere. */
  #locked(id: number, work: (trx: Trx, refund: Refund, invoice: Invoice) => Promise<void>) {
    return transaction(async (trx) => {
      const { invoiceId } = await Refund.findOrFail(id, { client: trx })
      const invoice = await Invoice.query({ client: trx }).where('id', invoiceId).forUpdate().firstOrFail()
      const refund = await Refund.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      if (refund.status === 'sending') await work(trx, refund, invoice)
    })
  }
}
