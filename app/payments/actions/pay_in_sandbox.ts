import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { transaction, type Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { ApplyPayment } from '#payments/actions/apply_payment'
import Invoice from '#payments/models/invoice'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { sandboxWord, type SandboxPayment } from '#payments/providers/sandbox_pay'
import { wrapBody } from '#payments/webhooks/webhook_body'

/** Of what is asked for, in hundredths. */
export const SANDBOX_SUMS = { exact: 100n, less: 50n, more: 150n } as const
export type SandboxSum = keyof typeof SANDBOX_SUMS

/** A press on the sandbox's pay page. Once for each invoice. Refuses `provider_off` and `invoice_not_found`. */
@inject()
export class PayInSandbox {
  constructor(
    private clock: Clock,
    private providers: PaymentProviders,
    private apply: ApplyPayment,
    private keys: KeyWrapper
  ) {}

  async handle({ reference, sum }: { reference: string; sum: SandboxSum }): Promise<Result<Invoice>> {
    if (!this.providers.find('sandbox')) return refuse('provider_off', { provider: 'sandbox' })
    const invoice = await Invoice.findBy({ provider: 'sandbox', reference })
    if (!invoice) return refuse('invoice_not_found')
    const received = invoice.charge.times(SANDBOX_SUMS[sum], 100n, 'down')
    await transaction((trx) => this.#pay(trx, invoice, received))
    return ok(await invoice.refresh())
  }

  async #pay(trx: Trx, { id, reference, charge }: Invoice, received: Money) {
    const now = this.clock.now()
    const amounts = { asked: String(charge.minor), received: String(received.minor) }
    const payment: SandboxPayment = { reference, currency: charge.currency, ...amounts }
    const body = wrapBody(this.keys, Buffer.from(JSON.stringify(payment)))
    const event = { provider: 'sandbox', event_key: reference, body, invoice_id: id, deliveries: 1, attempts: 1 }
    const moments = { received_at: now, last_received_at: now, processed_at: now }
    const row = { ...event, ...moments }
    const written = await trx
      .knexQuery()
      .table('webhook_events')
      .insert(row)
      .onConflict(['provider', 'event_key'])
      .ignore()
      .returning('id')
    if (written.length === 0) return
    const effect = await this.apply.in(trx, id, sandboxWord(payment))
    await trx.from('webhook_events').where({ provider: 'sandbox', event_key: reference }).update({ effect })
  }
}
