import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { formatMoney } from '#core/money/format_money'
import type { Trx } from '#core/database/transaction'
import type Invoice from '#payments/models/invoice'
import { nextPollAt } from '#payments/poll_times'
import { PurposeHandlers } from '#payments/purposes'
import type { ClosedStatus } from '#payments/values'

/** Ends an invoice that nobody has paid, and lets the owner of its purpose know. The row is locked. */
@inject()
export class Closing {
  constructor(
    private clock: Clock,
    private purposes: PurposeHandlers,
    private alerts: Alerts
  ) {}

  async close(trx: Trx, invoice: Invoice, status: ClosedStatus, failure: string | null = null) {
    const now = this.clock.now()
    invoice.become(status, now).merge({ failure: failure?.slice(0, 200) ?? null })
    await invoice.merge({ nextPollAt: nextPollAt(invoice, now) }).save()
    await this.purposes.of(invoice.purpose).closed?.(trx, invoice, status)
    if (status === 'failed') await this.#tell(trx, invoice)
  }

  #tell(trx: Trx, { id, reference, provider, failure, money }: Invoice) {
    return this.alerts.announceIn(trx, {
      kind: 'payments',
      severity: 'warning',
      fingerprint: `invoice_failed:${id}`,
      title: `Invoice ${reference} failed`,
      details: { amount: formatMoney(money), way: provider, reason: failure ?? 'unknown' },
    })
  }
}
