import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { Ledger } from '#ledger/ledger'
import { SettlementPlans, type Plan } from '#payments/breaks/settlement_plans'
import { Closing } from '#payments/closing'
import { Crediting } from '#payments/crediting'
import { mayBecome } from '#payments/invoice_states'
import type Invoice from '#payments/models/invoice'
import type PaymentBreak from '#payments/models/payment_break'
import { noticeOf } from '#payments/notices'
import { PurposeHandlers } from '#payments/purposes'
import { wrapAddress } from '#payments/refunds/refund_address'
import { RefundBook } from '#payments/refunds/refund_book'
import type { Resolution } from '#payments/values'

/** A break that is being settled, with its invoice if it has one; both rows are locked. */
export interface Settling {
  payment: PaymentBreak
  invoice: Invoice | null
  resolution: Exclude<Resolution, 'paid'>
  reason: string
  customerId?: number | null
  address?: string | null
  actor: Actor
}

type Done = Result<{ transferId?: number; refundId?: number }>

/** What each resolution does to the ledger and to the invoice. */
@inject()
export class BreakSettlements {
  constructor(
    private clock: Clock,
    private ledger: Ledger,
    private plans: SettlementPlans,
    private crediting: Crediting,
    private closing: Closing,
    private purposes: PurposeHandlers,
    private refunds: RefundBook,
    private outbox: Outbox,
    private keys: KeyWrapper
  ) {}

  async carryOut(trx: Trx, settling: Settling): Promise<Done> {
    const { resolution, payment, invoice, customerId } = settling
    const plan = this.plans.of(resolution, payment, invoice, customerId)
    if (!plan.ok) return plan
    if (resolution === 'dismiss') return this.#dismiss(trx, settling, plan.value)
    if (resolution === 'honour') return this.#honour(trx, settling, plan.value)
    if (resolution === 'refund') return this.#refund(trx, settling)
    return this.#credit(trx, settling, plan.value)
  }

  async #credit(trx: Trx, settling: Settling, { postings, credit }: Plan): Promise<Done> {
    const { payment, invoice } = settling
    const customer = await Customer.find(payment.customerId ?? settling.customerId, { client: trx })
    if (!customer) return refuse('customer_not_found')
    const posted = await this.#post(trx, settling, 'credited', postings)
    if (!posted.ok) return posted
    payment.customerId = customer.id
    if (invoice) await this.#afterCredit(trx, invoice, payment, posted.value.id)
    await this.#tell(trx, customer.id, credit!, invoice, payment.id)
    return ok({ transferId: posted.value.id })
  }

  /** A top-up is then paid with what came; anything else ends as money on the balance. */
  async #afterCredit(trx: Trx, invoice: Invoice, payment: PaymentBreak, transferId: number) {
    if (payment.kind === 'duplicate' || invoice.status === 'refunded' || invoice.status === 'paid') return
    const now = this.clock.now()
    if (invoice.status === 'overpaid') return void (await invoice.become('paid', now).save())
    const isTopUp = this.purposes.of(invoice.purpose).destination(invoice).kind === 'wallet'
    if (isTopUp)
      return void (await invoice.become('paid', now).merge({ paidAt: now, transferId, nextPollAt: null }).save())
    if (invoice.status === 'underpaid') await this.closing.close(trx, invoice, 'failed', 'underpaid')
    await invoice.become('refunded', now).merge({ nextPollAt: null }).save()
  }

  /** As if it had been paid in full and in time: a top-up gets what is missing as a bonus. */
  async #honour(trx: Trx, { invoice, actor }: Settling, { sources }: Plan): Promise<Done> {
    if (!mayBecome(invoice!.status, 'paid')) return refuse('break_cannot_honour')
    const how = { sources: sources!, status: 'paid', actor, isGenerous: true } as const
    const credited = await this.crediting.credit(trx, invoice!, how)
    if (!credited.ok) return credited
    await invoice!.merge({ nextPollAt: null }).save()
    return ok({ transferId: credited.value })
  }

  async #refund(trx: Trx, { payment, invoice, reason, actor, address }: Settling): Promise<Done> {
    if (this.plans.needsAddress(payment) && !address?.trim()) return refuse('address_required')
    const wrapped = address?.trim() ? wrapAddress(this.keys, address.trim()) : null
    if (invoice!.status === 'underpaid') await this.closing.close(trx, invoice!, 'failed', 'underpaid')
    const order = { invoice: invoice!, breakId: payment.id, amount: payment.money!, address: wrapped, reason, actor }
    const opened = await this.refunds.open(trx, order)
    return opened.ok ? ok({ refundId: opened.value.id, transferId: opened.value.transferId ?? undefined }) : opened
  }

  /** Nobody gets it; what lay in suspense becomes an adjustment of the house. */
  async #dismiss(trx: Trx, settling: Settling, { postings }: Plan): Promise<Done> {
    const { invoice } = settling
    if (invoice?.status === 'underpaid') await this.closing.close(trx, invoice, 'failed', 'underpaid')
    if (invoice?.status === 'overpaid') await invoice.become('paid', this.clock.now()).save()
    if (postings.length === 0) return ok({})
    const posted = await this.#post(trx, settling, 'dismissed', postings)
    return posted.ok ? ok({ transferId: posted.value.id }) : posted
  }

  #post(trx: Trx, { payment, actor, reason }: Settling, what: 'credited' | 'dismissed', postings: Plan['postings']) {
    return this.ledger.transfer(trx, {
      kind: what === 'credited' ? 'top_up' : 'suspense',
      key: `payment_break:${payment.id}:${what}`,
      postings,
      reference: { type: 'payment_break', id: payment.id },
      actor,
      note: reason,
    })
  }

  async #tell(trx: Trx, customerId: number, money: Money, invoice: Invoice | null, breakId: number) {
    const reference = invoice?.reference ?? `#${breakId}`
    const what = { customerId, template: 'payment_credited' as const, money, reference, key: `${breakId}` }
    const notice = await noticeOf(trx, { ...what, invoiceId: invoice?.id })
    if (notice) await this.outbox.write(trx, notice)
  }
}
