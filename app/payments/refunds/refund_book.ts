import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { Ledger } from '#ledger/ledger'
import type { Posting } from '#ledger/transfer_input'
import type Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import Refund from '#payments/models/refund'
import { clearing, debitPostings, shareOf, suspense } from '#payments/money/postings'
import { noticeOf } from '#payments/notices'
import { PurposeHandlers } from '#payments/purposes'
import { required } from '#payments/required'

/** These hold the place of the one refund that an invoice, or a break, can have. */
const GOING = ['pending', 'sending', 'unknown', 'done']

export interface RefundRequest {
  invoice: Invoice
  /** The money lies in suspense, for that break. */
  breakId: number | null
  /** What goes back, as the provider sends it. */
  amount: Money
  /** Encrypted. */
  address: string | null
  reason: string
  actor: Actor
}

/** Refunds by a provider as rows: the money leaves our books before the provider is asked, and returns if it says no. */
@inject()
export class RefundBook {
  constructor(
    private clock: Clock,
    private ledger: Ledger,
    private purposes: PurposeHandlers,
    private outbox: Outbox
  ) {}

  /** The invoice's row is locked. Refuses `refund_in_progress` and `insufficient_funds`. */
  async open(trx: Trx, request: RefundRequest): Promise<Result<Refund>> {
    const { invoice, breakId, actor } = request
    const others = Refund.query({ client: trx }).where('invoice_id', invoice.id).whereIn('status', GOING)
    if (await (breakId === null ? others.whereNull('break_id') : others.where('break_id', breakId)).first()) {
      return refuse('refund_in_progress')
    }
    const refund = await Refund.create(this.#row(request), { client: trx })
    const posted = await this.ledger.transfer(trx, {
      kind: 'refund',
      key: `refund:${refund.id}:out`,
      postings: this.#postings(refund, invoice),
      reference: { type: 'invoice', id: invoice.id },
      actor,
      corrects: breakId === null ? invoice.transferId : null,
      note: request.reason,
    })
    if (!posted.ok) return posted
    return ok(await refund.merge({ transferId: posted.value.id }).save())
  }

  /** The provider has sent it. Both rows are locked. */
  async complete(trx: Trx, refund: Refund, invoice: Invoice, providerRefundId: string | null) {
    const now = this.clock.now()
    await refund.merge({ status: 'done', providerRefundId, error: null, finishedAt: now, updatedAt: now }).save()
    const isOfBreak = refund.breakId !== null
    if (!isOfBreak || !invoice.isHonoured) await this.#close(trx, refund, invoice)
    const { id: invoiceId, customerId, reference } = invoice
    const template = 'payment_refunded'
    const notice = await noticeOf(trx, {
      invoiceId,
      customerId,
      template,
      money: refund.money,
      reference,
      key: `${refund.id}`,
    })
    if (notice) await this.outbox.write(trx, notice)
  }

  /** The provider did not send it; an admin may have reversed what had left. Both rows are locked. */
  async fail(trx: Trx, refund: Refund, invoice: Invoice, error: string) {
    const now = this.clock.now()
    const posted = await this.ledger.transfer(trx, {
      kind: 'refund',
      key: `refund:${refund.id}:back`,
      postings: this.#postings(refund, invoice).map(({ from, to, amount }) => ({ from: to, to: from, amount })),
      reference: { type: 'invoice', id: invoice.id },
      actor: refund.actor,
      corrects: refund.transferId,
      note: error.slice(0, 300),
    })
    if (posted.ok || posted.refusal.code !== 'already_reversed') required(posted)
    await refund.merge({ status: 'failed', error: error.slice(0, 300), finishedAt: now, updatedAt: now }).save()
    if (refund.breakId === null) return
    const reopened = { status: 'open', resolution: null, resolved_at: null, resolved_by: null, updated_at: now }
    await PaymentBreak.query({ client: trx }).where('id', refund.breakId).update(reopened)
  }

  async #close(trx: Trx, refund: Refund, invoice: Invoice) {
    if (invoice.status === 'refunded') return
    const wasHonoured = invoice.isHonoured
    await invoice.become('refunded', this.clock.now()).merge({ nextPollAt: null }).save()
    if (wasHonoured) await this.purposes.of(invoice.purpose).refunded?.(trx, invoice, refund.actor)
  }

  #postings(refund: Refund, invoice: Invoice): Posting[] {
    const to = clearing(invoice.provider, refund.currency)
    if (refund.breakId !== null) return [{ from: suspense(refund.currency), to, amount: refund.money }]
    const from = this.purposes.of(invoice.purpose).destination(invoice)
    return debitPostings(from, shareOf(invoice, refund.money), to, refund.money)
  }

  #row({ invoice, breakId, amount, address, reason, actor }: RefundRequest): Partial<Refund> {
    const now = this.clock.now()
    return {
      invoiceId: invoice.id,
      breakId,
      status: 'pending',
      way: 'provider',
      currency: amount.currency,
      amount: amount.minor,
      address,
      reason,
      attempts: 0,
      actorType: actor.type,
      actorId: actor.id,
      actorName: actor.name.slice(0, 100),
      createdAt: now,
      updatedAt: now,
    }
  }
}
