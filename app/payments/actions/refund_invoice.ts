import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import type { Trx } from '#core/database/transaction'
import { shareOf } from '#payments/money/postings'
import { ok, refuse, type Result } from '#core/result'
import { allOrNothing } from '#core/database/all_or_nothing'
import { RefundToBalance } from '#payments/actions/refund_to_balance'
import { SendRefund } from '#payments/actions/send_refund'
import Invoice from '#payments/models/invoice'
import { refundsOf } from '#payments/refunds/refunds_of'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import { reasonOf } from '#payments/reason'
import { wrapAddress } from '#payments/refunds/refund_address'
import { RefundBook } from '#payments/refunds/refund_book'
import type { RefundWay } from '#payments/values'

export interface RefundInput {
  invoiceId: number
  /** By the provider, the way it came; or to the balance. */
  way: RefundWay
  reason: string
  /** Where the provider sends it, if it must be told. */
  address?: string | null
  actor: Actor
}

/**
 * Gives back what came for an invoice, but for an excess that waits apart, once. By the provider it leaves our books first; a definite "no"
 * brings it back, and what nobody knows waits for a person. Refuses `reason_required`, `reason_too_long`,
 * `invoice_not_found`, `invoice_not_refundable`, `refund_not_supported`, `address_required`, `refund_in_progress`,
 * `insufficient_funds`, and what the owner of the purpose refuses.
 */
@inject()
export class RefundInvoice {
  constructor(
    private purposes: PurposeHandlers,
    private providers: PaymentProviders,
    private toBalance: RefundToBalance,
    private book: RefundBook,
    private send: SendRefund,
    private audit: Audit,
    private keys: KeyWrapper
  ) {}

  async handle(input: RefundInput): Promise<Result<Invoice>> {
    const reason = reasonOf(input.reason)
    if (!reason.ok) return reason
    const begun = await allOrNothing((trx) => this.#begin(trx, { ...input, reason: reason.value }))
    if (!begun.ok) return begun
    if (begun.value.refundId !== null) await this.send.handle(begun.value.refundId)
    return ok(await Invoice.findOrFail(input.invoiceId))
  }

  async #begin(trx: Trx, input: RefundInput): Promise<Result<{ refundId: number | null }>> {
    const invoice = await Invoice.query({ client: trx }).where('id', input.invoiceId).forUpdate().first()
    if (!invoice) return refuse('invoice_not_found')
    if (!invoice.isHonoured) return refuse('invoice_not_refundable')
    const handler = this.purposes.of(invoice.purpose)
    const possible = (await handler.mayRefund?.(trx, invoice)) ?? ok()
    if (!possible.ok) return possible
    await this.audit.record(trx, {
      actor: input.actor,
      action: 'invoice.refunded',
      subjectType: 'invoice',
      subjectId: invoice.id,
      after: {
        reference: invoice.reference,
        way: input.way,
        amount: String(shareOf(invoice, invoice.kept)),
        reason: input.reason,
      },
    })
    return input.way === 'balance' ? this.#toBalance(trx, invoice, input) : this.#byProvider(trx, invoice, input)
  }

  async #toBalance(trx: Trx, invoice: Invoice, { reason, actor }: RefundInput) {
    const refunded = await this.toBalance.in(trx, { invoiceId: invoice.id, reason, actor })
    if (!refunded.ok) return refunded
    await invoice.refresh()
    await this.purposes.of(invoice.purpose).refunded?.(trx, invoice, actor)
    return ok({ refundId: null })
  }

  async #byProvider(trx: Trx, invoice: Invoice, { reason, actor, address }: RefundInput) {
    const refunds = refundsOf(this.providers, invoice)
    if (!refunds) return refuse('refund_not_supported')
    if (refunds.needsAddress && !address?.trim()) return refuse('address_required')
    const wrapped = address?.trim() ? wrapAddress(this.keys, address.trim()) : null
    const amount = invoice.kept
    const opened = await this.book.open(trx, { invoice, breakId: null, amount, address: wrapped, reason, actor })
    return opened.ok ? ok({ refundId: opened.value.id }) : opened
  }
}
