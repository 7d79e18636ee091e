import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { alertOf } from '#payments/breaks/break_book'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import Refund from '#payments/models/refund'
import { reasonOf } from '#payments/reason'
import { RefundBook } from '#payments/refunds/refund_book'

export interface SettleRefundInput {
  refundId: number
  /** What a person found out at the provider. */
  outcome: 'sent' | 'not_sent'
  reason: string
  actor: Actor
}

/** A person says what became of a refund of which nobody knows. Refuses `refund_not_found` and `refund_not_unknown`. */
@inject()
export class SettleRefund {
  constructor(
    private clock: Clock,
    private book: RefundBook,
    private audit: Audit,
    private alerts: Alerts
  ) {}

  async handle({ refundId, outcome, reason: text, actor }: SettleRefundInput): Promise<Result<Refund>> {
    const reason = reasonOf(text)
    if (!reason.ok) return reason
    const settled = await transaction(async (trx) => {
      const known = await Refund.find(refundId, { client: trx })
      if (!known) return refuse('refund_not_found')
      const invoice = await Invoice.query({ client: trx }).where('id', known.invoiceId).forUpdate().firstOrFail()
      const refund = await Refund.query({ client: trx }).where('id', refundId).forUpdate().firstOrFail()
      if (refund.status !== 'unknown') return refuse('refund_not_unknown')
      if (outcome === 'sent') await this.book.complete(trx, refund, invoice, null)
      else await this.book.fail(trx, refund, invoice, reason.value)
      const waiting = await PaymentBreak.query({ client: trx }).where('fingerprint', `refund:${refundId}`).firstOrFail()
      const now = this.clock.now()
      const settledBy = { resolvedBy: actor.id, resolvedAt: now, updatedAt: now, reason: reason.value }
      await waiting
        .merge({ status: 'settled', resolution: outcome === 'sent' ? 'refund' : 'dismiss', ...settledBy })
        .save()
      const subject = { subjectType: 'refund', subjectId: refundId }
      await this.audit.record(trx, {
        actor,
        action: 'refund.settled',
        ...subject,
        after: { outcome, reason: reason.value },
      })
      return ok({ refund, breakId: waiting.id })
    })
    if (!settled.ok) return settled
    await this.alerts.resolve(alertOf(settled.value.breakId))
    return ok(settled.value.refund)
  }
}
