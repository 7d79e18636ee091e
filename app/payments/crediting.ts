import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import type { Actor } from '#core/contracts/audit'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { ok, type Result } from '#core/result'
import { system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type Invoice from '#payments/models/invoice'
import { creditPostings, type Source } from '#payments/money/postings'
import { noticeOf, type PaymentNotice } from '#payments/notices'
import { PurposeHandlers } from '#payments/purposes'

export interface Credit {
  /** Where the money is now; in the currency of the charge. */
  sources: Source[]
  status: 'paid' | 'overpaid'
  actor: Actor
  /** A person lets it pass though something is missing: a wallet gets the rest as a bonus. */
  isGenerous?: boolean
}

/** Marks an invoice paid: ledger, what was bought, message to the customer, news to the admins. The row is locked. */
@inject()
export class Crediting {
  constructor(
    private clock: Clock,
    private ledger: Ledger,
    private purposes: PurposeHandlers,
    private outbox: Outbox,
    private alerts: Alerts
  ) {}

  /** Refuses what the owner of the purpose refuses; nothing is written then. */
  async credit(trx: Trx, invoice: Invoice, { sources, status, actor, isGenerous }: Credit): Promise<Result<number>> {
    const handler = this.purposes.of(invoice.purpose)
    const possible = (await handler.mayPay?.(trx, invoice)) ?? ok()
    if (!possible.ok) return possible

    const to = handler.destination(invoice)
    const gap = isGenerous && to.kind === 'wallet' ? system('bonuses', invoice.currency) : undefined
    const posted = await this.ledger.transfer(trx, {
      kind: to.kind === 'wallet' ? 'top_up' : 'purchase',
      key: `invoice:${invoice.id}:paid`,
      postings: creditPostings(sources, to, invoice.money, gap),
      reference: { type: 'invoice', id: invoice.id },
      actor,
    })
    if (!posted.ok) return posted
    const now = this.clock.now()
    await invoice.become(status, now).merge({ paidAt: now, transferId: posted.value.id, failure: null }).save()
    await handler.paid(trx, invoice, actor)
    await this.#tell(trx, invoice, handler.announces ? null : 'payment_received')
    return ok(posted.value.id)
  }

  async #tell(trx: Trx, invoice: Invoice, template: PaymentNotice | null) {
    const { id: invoiceId, customerId, reference, money } = invoice
    const notice =
      template && (await noticeOf(trx, { invoiceId, customerId, template, money, reference, key: reference }))
    if (notice) await this.outbox.write(trx, notice)
    await this.alerts.announceIn(trx, {
      kind: 'payments',
      severity: 'info',
      fingerprint: `invoice_paid:${invoice.id}`,
      title: `Invoice ${reference} was paid`,
      details: { amount: formatMoney(money), purpose: invoice.purpose, way: invoice.provider },
    })
  }
}
