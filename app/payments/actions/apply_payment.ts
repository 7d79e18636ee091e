import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { BreakBook } from '#payments/breaks/break_book'
import { Misfits } from '#payments/breaks/misfits'
import { Closing } from '#payments/closing'
import { Crediting } from '#payments/crediting'
import { judge, type Accepted, type Misfit, type Verdict } from '#payments/judge'
import Invoice from '#payments/models/invoice'
import { clearing, suspense, type Source } from '#payments/money/postings'
import { wrapPayload } from '#payments/payload'
import { nextPollAt } from '#payments/poll_times'
import type { ProviderInvoice } from '#payments/providers/payment_provider'
import { paymentsTotal } from '#payments/watch/payment_counters'
import type { WebhookEffect } from '#payments/values'

/**
 * Brings an invoice to where the provider says it is; what it says was read from its API. However often and in
 * whatever order it is told, money moves once: the row is locked, and the ledger's key is the invoice.
 */
@inject()
export class ApplyPayment {
  constructor(
    private clock: Clock,
    private crediting: Crediting,
    private closing: Closing,
    private breaks: BreakBook,
    private misfits: Misfits,
    private keys: KeyWrapper
  ) {}

  /** In the caller's transaction. `word` is null when the provider knows nothing of the invoice. */
  async in(trx: Trx, invoiceId: number, word: ProviderInvoice | null): Promise<WebhookEffect> {
    const invoice = await Invoice.query({ client: trx }).where('id', invoiceId).forUpdate().firstOrFail()
    const now = this.clock.now()
    const verdict = judge(invoice, word, now)
    if (word) this.#remember(invoice, word)
    const effect = await this.#carryOut(trx, invoice, word, verdict)
    await invoice.merge({ nextPollAt: nextPollAt(invoice, now) }).save()
    trx.after('commit', () => paymentsTotal.inc({ provider: invoice.provider, effect }))
    return effect
  }

  async #carryOut(trx: Trx, invoice: Invoice, word: ProviderInvoice | null, verdict: Verdict): Promise<WebhookEffect> {
    switch (verdict.kind) {
      case 'nothing':
        return 'nothing'
      case 'offered':
        invoice.become('pending', this.clock.now())
        return 'recorded'
      case 'close':
        await this.closing.close(trx, invoice, verdict.status, verdict.failure)
        return 'closed'
      case 'credit':
        return this.#credit(trx, invoice, word!, verdict)
      case 'misfit':
        return this.#record(trx, invoice, word!, verdict)
    }
  }

  async #credit(trx: Trx, invoice: Invoice, word: ProviderInvoice, accepted: Accepted): Promise<WebhookEffect> {
    const { parked, excess, status } = accepted
    const sources = sourcesOf(invoice, parked)
    const credited = await this.crediting.credit(trx, invoice, { sources, status, actor: SYSTEM_ACTOR })
    if (!credited.ok) {
      const detail = { refused: credited.refusal.code }
      const amount = parked ? word.received!.subtract(parked) : undefined
      return this.#record(trx, invoice, word, { kind: 'misfit', break: 'undeliverable', amount, detail })
    }
    invoice.merge({ receivedAmount: word.received!.minor, providerPaymentId: word.paymentId })
    if (parked) await this.breaks.closeUnderpaid(trx, invoice.id, credited.value)
    if (excess) await this.misfits.recordExcess(trx, invoice, word, excess)
    return 'credited'
  }

  async #record(trx: Trx, invoice: Invoice, word: ProviderInvoice, misfit: Misfit): Promise<WebhookEffect> {
    const isNew = await this.misfits.record(trx, invoice, word, misfit)
    if (isNew && misfit.break !== 'duplicate') invoice.providerPaymentId ??= word.paymentId
    return isNew ? 'break' : 'nothing'
  }

  /** Its latest word on the invoice that is ours, not on another one that somebody paid for the same thing. */
  #remember(invoice: Invoice, word: ProviderInvoice) {
    invoice.providerInvoiceId ??= word.id
    if (invoice.providerInvoiceId !== word.id) return
    invoice.payload = wrapPayload(this.keys, word.raw)
    invoice.payUrl ??= word.url
    if (word.paid)
      invoice.merge({ paidAsset: word.paid.asset.slice(0, 20), paidAssetAmount: word.paid.amount.slice(0, 60) })
  }
}

/** What came before and was too little waits in suspense; the rest is fresh. */
function sourcesOf({ provider, charge }: Invoice, parked: Money | null): Source[] {
  const fresh = { from: clearing(provider, charge.currency), amount: parked ? charge.subtract(parked) : charge }
  return parked ? [{ from: suspense(parked.currency), amount: parked }, fresh] : [fresh]
}
