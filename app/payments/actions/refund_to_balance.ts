import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import Invoice from '#payments/models/invoice'
import { shareOf } from '#payments/money/postings'
import { noticeOf } from '#payments/notices'
import { PurposeHandlers } from '#payments/purposes'

export interface RefundToBalanceInput {
  invoiceId: number
  reason: string
  actor: Actor
  /** The owner of the purpose tells the customer by itself. */
  isSilent?: boolean
}

/**
 * Gives what came for a purchase back to the wallet, in the transaction of whoever found that it can't be had. The
 * purpose's `refunded` is not called: its owner is the caller. Once: a refunded invoice refuses `invoice_not_refundable`.
 */
@inject()
export class RefundToBalance {
  constructor(
    private clock: Clock,
    private ledger: Ledger,
    private purposes: PurposeHandlers,
    private outbox: Outbox
  ) {}

  async in(
    trx: Trx,
    { invoiceId, reason, actor, isSilent }: RefundToBalanceInput
  ): Promise<Result<{ transferId: number }>> {
    const invoice = await Invoice.query({ client: trx }).where('id', invoiceId).forUpdate().firstOrFail()
    const from = this.purposes.of(invoice.purpose).destination(invoice)
    const to = wallet(invoice.customerId, invoice.currency)
    if (!invoice.isHonoured || from.code === to.code) return refuse('invoice_not_refundable')
    const posted = await this.ledger.transfer(trx, {
      kind: 'refund',
      key: `invoice:${invoice.id}:refund`,
      postings: [{ from, to, amount: shareOf(invoice, invoice.kept) }],
      reference: { type: 'invoice', id: invoice.id },
      actor,
      corrects: invoice.transferId,
      note: reason.slice(0, 500),
    })
    if (!posted.ok) return posted
    await invoice.become('refunded', this.clock.now()).save()
    if (!isSilent) await this.#tell(trx, invoice)
    return ok({ transferId: posted.value.id })
  }

  async #tell(trx: Trx, invoice: Invoice) {
    const { id: invoiceId, customerId, reference } = invoice
    const money = shareOf(invoice, invoice.kept)
    const template = 'payment_refunded_balance'
    const notice = await noticeOf(trx, { invoiceId, customerId, template, money, reference, key: reference })
    if (notice) await this.outbox.write(trx, notice)
  }
}
