import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { BreakBook } from '#payments/breaks/break_book'
import { Closing } from '#payments/closing'
import type { Misfit } from '#payments/judge'
import type Invoice from '#payments/models/invoice'
import { noticeOf, type PaymentNotice } from '#payments/notices'
import type { ProviderInvoice } from '#payments/providers/payment_provider'
import type { BreakKind, ProviderName, Resolution } from '#payments/values'

const SUGGESTIONS: Partial<Record<BreakKind, Resolution>> = { late: 'honour', wrong_currency: 'dismiss' }

/** These say that the invoice can't be paid as it stands. */
const ENDING: readonly BreakKind[] = ['mismatch', 'wrong_currency', 'undeliverable']

/** Names a payment: the provider's invoice and, where it has one, the payment's own name. */
export const paymentFingerprint = (provider: ProviderName, { id, paymentId }: ProviderInvoice) =>
  [provider, id, paymentId].filter(Boolean).join(':')

/** Payments of a known invoice that don't fit: into the inbox, with word to the customer. The row is locked. */
@inject()
export class Misfits {
  constructor(
    private clock: Clock,
    private breaks: BreakBook,
    private closing: Closing,
    private outbox: Outbox
  ) {}

  /** False when it lies there already. */
  async record(trx: Trx, invoice: Invoice, word: ProviderInvoice, misfit: Misfit): Promise<boolean> {
    const amount = misfit.amount ?? word.received
    const fingerprint = paymentFingerprint(invoice.provider, word)
    const isNew = await this.#open(trx, invoice, word, {
      ...misfit,
      amount,
      fingerprint: misfit.amount ? `${fingerprint}:${word.received!.minor}` : fingerprint,
    })
    if (!isNew) return false
    if (misfit.break !== 'duplicate' && word.received) this.#account(invoice, word.received)
    if (misfit.break === 'underpaid' && invoice.status !== 'underpaid') invoice.become('underpaid', this.clock.now())
    if (ENDING.includes(misfit.break) && invoice.isOpen) await this.closing.close(trx, invoice, 'failed', misfit.break)
    await this.#tell(
      trx,
      invoice,
      misfit.break === 'underpaid' ? 'payment_underpaid' : 'payment_in_review',
      amount,
      fingerprint
    )
    return true
  }

  /** The invoice was honoured, and more had come. */
  async recordExcess(trx: Trx, invoice: Invoice, word: ProviderInvoice, excess: Money) {
    const fingerprint = `${paymentFingerprint(invoice.provider, word)}:excess`
    await this.#open(trx, invoice, word, { break: 'overpaid', amount: excess, fingerprint })
    await this.#tell(trx, invoice, 'payment_overpaid', excess, fingerprint)
  }

  #open(
    trx: Trx,
    invoice: Invoice,
    word: ProviderInvoice,
    misfit: Pick<Misfit, 'break' | 'detail'> & { amount: Money | null; fingerprint: string }
  ) {
    const { paid } = word
    return this.breaks.open(trx, {
      kind: misfit.break,
      provider: invoice.provider,
      fingerprint: misfit.fingerprint,
      invoiceId: invoice.id,
      customerId: invoice.customerId,
      amount: misfit.amount,
      suggestion: SUGGESTIONS[misfit.break] ?? 'credit_received',
      detail: {
        invoice: invoice.charge.toString(),
        ...(paid && { paid: `${paid.amount} ${paid.asset}` }),
        provider_id: word.id,
        ...(word.paymentId && { payment_id: word.paymentId }),
        ...misfit.detail,
      },
    })
  }

  #account(invoice: Invoice, received: Money) {
    if (received.currency === invoice.chargeCurrency) invoice.receivedAmount = received.minor
  }

  async #tell(trx: Trx, invoice: Invoice, template: PaymentNotice, money: Money | null, key: string) {
    const { id: invoiceId, customerId, reference } = invoice
    const notice = await noticeOf(trx, {
      invoiceId,
      customerId,
      template,
      money: money ?? invoice.charge,
      reference,
      key,
    })
    if (notice) await this.outbox.write(trx, notice)
  }
}
