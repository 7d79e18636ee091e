import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { Closing } from '#payments/closing'
import { Crediting } from '#payments/crediting'
import type Invoice from '#payments/models/invoice'
import type PaymentBreak from '#payments/models/payment_break'
import { creditPostings, shareOf, suspense } from '#payments/money/postings'
import { noticeOf } from '#payments/notices'
import { PaymentProviders } from '#payments/providers/payment_providers'
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
    private crediting: Crediting,
    private closing: Closing,
    private purposes: PurposeHandlers,
    private providers: PaymentProviders,
    private refunds: RefundBook,
    private outbox: Outbox,
    private keys: KeyWrapper
  ) {}

  async carryOut(trx: Trx, settling: Settling): Promise<Done> {
    const { payment } = settling
    if (settling.resolution === 'dismiss') return this.#dismiss(trx, settling)
    const money = payment.money
    if (!money) return refuse('break_without_amount')
    if (settling.resolution === 'honour') return this.#honour(trx, settling, money)
    if (settling.resolution === 'refund') return this.#refund(trx, settling, money)
    return this.#credit(trx, settling, money)
  }

  /** What came goes to the wallet; of an invoice in another currency, the part of its sum that was paid. */
  async #credit(trx: Trx, { payment, invoice, actor, reason, ...input }: Settling, money: Money): Promise<Done> {
    const customerId = payment.customerId ?? input.customerId
    if (!customerId) return refuse('customer_required')
    if (!(await Customer.find(customerId, { client: trx }))) return refuse('customer_not_found')
    const isPart = invoice !== null && money.currency === invoice.chargeCurrency
    const credit = isPart ? shareOf(invoice, money) : money
    if (credit.isZero) return refuse('break_without_amount')
    const posted = await this.ledger.transfer(trx, {
      kind: 'top_up',
      key: `payment_break:${payment.id}:credited`,
      postings: creditPostings(
        [{ from: suspense(money.currency), amount: money }],
        wallet(customerId, credit.currency),
        credit
      ),
      reference: { type: 'payment_break', id: payment.id },
      actor,
      note: reason,
    })
    if (!posted.ok) return posted
    payment.customerId = customerId
    if (invoice) await this.#afterCredit(trx, invoice, payment, posted.value.id)
    await this.#tell(trx, customerId, credit, invoice?.reference ?? `#${payment.id}`, payment.id)
    return ok({ transferId: posted.value.id })
  }

  /** A top-up is then paid with what came; anything else ends as money on the balance. */
  async #afterCredit(trx: Trx, invoice: Invoice, payment: PaymentBreak, transferId: number) {
    if (payment.kind === 'duplicate' || invoice.status === 'refunded' || invoice.status === 'paid') return
    const now = this.clock.now()
    const isTopUp = this.purposes.of(invoice.purpose).destination(invoice).kind === 'wallet'
    if (invoice.status === 'overpaid') await invoice.become('paid', now).save()
    else if (isTopUp) await invoice.become('paid', now).merge({ paidAt: now, transferId }).save()
    else {
      if (invoice.status === 'underpaid') await this.closing.close(trx, invoice, 'failed', 'underpaid')
      await invoice.become('refunded', now).merge({ nextPollAt: null }).save()
    }
  }

  /** As if it had been paid in full and in time: a top-up gets what is missing as a bonus. */
  async #honour(trx: Trx, { payment, invoice, actor }: Settling, money: Money): Promise<Done> {
    const fits =
      invoice && !invoice.isHonoured && invoice.status !== 'refunded' && money.currency === invoice.chargeCurrency
    if (!fits || payment.kind === 'duplicate' || money.compare(invoice.charge) > 0) return refuse('break_cannot_honour')
    const sources = [{ from: suspense(money.currency), amount: money }]
    const credited = await this.crediting.credit(trx, invoice, { sources, status: 'paid', actor, isGenerous: true })
    if (!credited.ok) return credited
    await invoice.merge({ nextPollAt: null }).save()
    return ok({ transferId: credited.value })
  }

  async #refund(trx: Trx, { payment, invoice, reason, actor, address }: Settling, money: Money): Promise<Done> {
    const refunds = this.providers.find(payment.provider)?.refunds
    if (!invoice || !refunds || (payment.kind === 'overpaid' && !refunds.canSendPart))
      return refuse('refund_not_supported')
    if (refunds.needsAddress && !address?.trim()) return refuse('address_required')
    const wrapped = address?.trim() ? wrapAddress(this.keys, address.trim()) : null
    if (invoice.status === 'underpaid') await this.closing.close(trx, invoice, 'failed', 'underpaid')
    const opened = await this.refunds.open(trx, {
      invoice,
      breakId: payment.id,
      amount: money,
      address: wrapped,
      reason,
      actor,
    })
    return opened.ok ? ok({ refundId: opened.value.id, transferId: opened.value.transferId ?? undefined }) : opened
  }

  /** Nobody gets it; what lay in suspense becomes an adjustment of the house. */
  async #dismiss(trx: Trx, { payment, invoice, actor, reason }: Settling): Promise<Done> {
    if (invoice?.status === 'underpaid') await this.closing.close(trx, invoice, 'failed', 'underpaid')
    if (invoice?.status === 'overpaid') await invoice.become('paid', this.clock.now()).save()
    const { money } = payment
    if (!money || money.isZero) return ok({})
    const posted = await this.ledger.transfer(trx, {
      kind: 'suspense',
      key: `payment_break:${payment.id}:dismissed`,
      postings: [{ from: suspense(money.currency), to: system('adjustments', money.currency), amount: money }],
      reference: { type: 'payment_break', id: payment.id },
      actor,
      note: reason,
    })
    return posted.ok ? ok({ transferId: posted.value.id }) : posted
  }

  async #tell(trx: Trx, customerId: number, money: Money, reference: string, breakId: number) {
    const notice = await noticeOf(trx, {
      customerId,
      template: 'payment_credited',
      money,
      reference,
      key: `${breakId}`,
    })
    if (notice) await this.outbox.write(trx, notice)
  }
}
