import { inject } from '@adonisjs/core'
import type { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { system, wallet } from '#ledger/accounts'
import type { Posting } from '#ledger/transfer_input'
import type Invoice from '#payments/models/invoice'
import type PaymentBreak from '#payments/models/payment_break'
import { clearing, creditPostings, shareOf, suspense, type Source } from '#payments/money/postings'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import type { Resolution } from '#payments/values'

export interface Plan {
  postings: Posting[]
  /** What a wallet gets. */
  credit?: Money
  /** Where the money lies now. */
  sources?: Source[]
}

/** What each resolution of a break would post, and why one is not possible; nothing is written here. */
@inject()
export class SettlementPlans {
  constructor(
    private purposes: PurposeHandlers,
    private providers: PaymentProviders
  ) {}

  of(
    resolution: Exclude<Resolution, 'paid'>,
    payment: PaymentBreak,
    invoice: Invoice | null,
    customerId?: number | null
  ): Result<Plan> {
    const { money } = payment
    if (resolution === 'dismiss') return ok({ postings: money?.minor ? this.#dismissal(money) : [] })
    if (!money || money.isZero) return refuse('break_without_amount')
    if (resolution === 'honour') return this.#honour(payment, invoice, money)
    if (resolution === 'refund') return this.#refund(payment, invoice, money)
    return this.#credit(payment, invoice, money, customerId)
  }

  needsAddress({ provider }: PaymentBreak) {
    return this.providers.find(provider)?.refunds?.needsAddress ?? false
  }

  /** Of an invoice in another currency, the part of its sum that was paid. */
  #credit(payment: PaymentBreak, invoice: Invoice | null, money: Money, chosen?: number | null): Result<Plan> {
    const customerId = payment.customerId ?? chosen
    if (!customerId) return refuse('customer_required')
    const credit = invoice && money.currency === invoice.chargeCurrency ? shareOf(invoice, money) : money
    if (credit.isZero) return refuse('break_without_amount')
    const to = wallet(customerId, credit.currency)
    return ok({ postings: creditPostings(lying(money), to, credit), credit })
  }

  #honour(payment: PaymentBreak, invoice: Invoice | null, money: Money): Result<Plan> {
    const isOpen = invoice && !invoice.isHonoured && invoice.status !== 'refunded' && payment.kind !== 'duplicate'
    if (!isOpen || money.currency !== invoice.chargeCurrency || money.compare(invoice.charge) > 0) {
      return refuse('break_cannot_honour')
    }
    const to = this.purposes.of(invoice.purpose).destination(invoice)
    const gap = to.kind === 'wallet' ? system('bonuses', invoice.currency) : undefined
    const sources = lying(money)
    return ok({ postings: creditPostings(sources, to, invoice.money, gap), sources })
  }

  #refund(payment: PaymentBreak, invoice: Invoice | null, money: Money): Result<Plan> {
    const refunds = this.providers.find(payment.provider)?.refunds
    if (!invoice || !refunds || (payment.kind === 'overpaid' && !refunds.canSendPart))
      return refuse('refund_not_supported')
    const to = clearing(payment.provider, money.currency)
    return ok({ postings: [{ from: suspense(money.currency), to, amount: money }] })
  }

  #dismissal(money: Money): Posting[] {
    return [{ from: suspense(money.currency), to: system('adjustments', money.currency), amount: money }]
  }
}

const lying = (money: Money): Source[] => [{ from: suspense(money.currency), amount: money }]
