import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { Audit, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { allOrNothing } from '#core/database/all_or_nothing'
import { SendRefund } from '#payments/actions/send_refund'
import { alertOf } from '#payments/breaks/break_book'
import { BreakSettlements, type Settling } from '#payments/breaks/break_settlements'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import { reasonOf } from '#payments/reason'
import type { Resolution } from '#payments/values'

export interface SettleBreakInput {
  breakId: number
  resolution: Exclude<Resolution, 'paid'>
  reason: string
  /** Whose it is, when nobody here knows (an unmatched payment). */
  customerId?: number | null
  /** Where the provider sends a refund, if it must be told. */
  address?: string | null
  actor: Actor
}

/**
 * A person settles a payment that did not fit: credits what came, honours the invoice in full, sends it back, or
 * dismisses it with a reason. Once. Refuses `break_not_found`, `break_not_open`, `break_without_amount`,
 * `break_cannot_honour`, `customer_required`, `customer_not_found`, `refund_not_supported`, `address_required`,
 * `refund_in_progress`, `reason_required`, `reason_too_long`, and what the owner of the purpose refuses.
 */
@inject()
export class SettleBreak {
  constructor(
    private clock: Clock,
    private settlements: BreakSettlements,
    private send: SendRefund,
    private audit: Audit,
    private alerts: Alerts
  ) {}

  async handle(input: SettleBreakInput): Promise<Result<PaymentBreak>> {
    const reason = reasonOf(input.reason)
    if (!reason.ok) return reason
    const settled = await allOrNothing((trx) => this.#settle(trx, { ...input, reason: reason.value }))
    if (!settled.ok) return settled
    const { id } = settled.value.payment
    if (settled.value.refundId !== null) await this.send.handle(settled.value.refundId)
    await this.alerts.resolve(alertOf(id))
    return ok(await PaymentBreak.findOrFail(id))
  }

  async #settle(
    trx: Trx,
    input: SettleBreakInput
  ): Promise<Result<{ payment: PaymentBreak; refundId: number | null }>> {
    const known = await PaymentBreak.find(input.breakId, { client: trx })
    if (!known) return refuse('break_not_found')
    const invoice = known.invoiceId
      ? await Invoice.query({ client: trx }).where('id', known.invoiceId).forUpdate().first()
      : null
    const payment = await PaymentBreak.query({ client: trx }).where('id', known.id).forUpdate().firstOrFail()
    if (payment.status !== 'open' || payment.kind === 'refund_unknown') return refuse('break_not_open')

    const settling: Settling = { ...input, payment, invoice }
    const done = await this.settlements.carryOut(trx, settling)
    if (!done.ok) return done
    const now = this.clock.now()
    const { resolution, reason, actor } = input
    await payment
      .merge({ status: resolution === 'dismiss' ? 'dismissed' : 'settled', resolution, reason, updatedAt: now })
      .merge({ resolvedAt: now, resolvedBy: actor.id, transferId: done.value.transferId ?? payment.transferId })
      .save()
    await this.audit.record(trx, {
      actor,
      action: resolution === 'dismiss' ? 'payment_break.dismissed' : 'payment_break.settled',
      subjectType: 'payment_break',
      subjectId: payment.id,
      after: { kind: payment.kind, resolution, amount: payment.money?.toString() ?? 'unknown', reason },
    })
    return ok({ payment, refundId: done.value.refundId ?? null })
  }
}
