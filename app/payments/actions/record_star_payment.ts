import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { rowsOf } from '#core/database/dialect'
import { transaction, type Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { ApplyPayment } from '#payments/actions/apply_payment'
import { BreakBook } from '#payments/breaks/break_book'
import { paymentFingerprint } from '#payments/breaks/misfits'
import Invoice from '#payments/models/invoice'
import { starPaymentWord, type StarPayment } from '#payments/stars/star_payment'
import type { WebhookEffect } from '#payments/values'
import { wrapBody } from '#payments/webhooks/webhook_body'

const PROVIDER = 'telegram_stars'

const JOURNAL = `INSERT INTO webhook_events
    (provider, event_key, body, deliveries, attempts, received_at, last_received_at)
  VALUES ('${PROVIDER}', ?, ?, 1, 0, ?, ?)
  ON CONFLICT (provider, event_key) DO UPDATE
    SET deliveries = webhook_events.deliveries + 1, last_received_at = excluded.last_received_at
  RETURNING id, effect`

/**
 * Stars that Telegram has taken: credited once for each charge, whether the update, the list of transactions or both
 * tell of it. Nothing is asked any more: the money has come, and what fits nowhere goes to the inbox.
 */
@inject()
export class RecordStarPayment {
  constructor(
    private clock: Clock,
    private keys: KeyWrapper,
    private apply: ApplyPayment,
    private breaks: BreakBook
  ) {}

  /** `isNew` is false for a charge that was recorded before. */
  handle(payment: StarPayment): Promise<{ effect: WebhookEffect; isNew: boolean }> {
    const now = this.clock.now()
    const body = wrapBody(this.keys, Buffer.from(JSON.stringify(payment)))
    return transaction(async (trx) => {
      const journalled = await trx.rawQuery(JOURNAL, [payment.chargeId.slice(0, 160), body, now, now])
      const [event] = rowsOf<{ id: number; effect: WebhookEffect | null }>(journalled)
      if (event.effect) return { effect: event.effect, isNew: false }
      const invoice = await Invoice.query({ client: trx })
        .where({ provider: PROVIDER, reference: payment.payload })
        .first()
      const effect = invoice
        ? await this.apply.in(trx, invoice.id, starPaymentWord(payment))
        : await this.#unmatched(trx, event.id, payment)
      const done = { effect, invoice_id: invoice?.id ?? null, processed_at: now, attempts: 1 }
      await trx.from('webhook_events').where('id', event.id).update(done)
      return { effect, isNew: true }
    })
  }

  async #unmatched(trx: Trx, eventId: number, payment: StarPayment): Promise<WebhookEffect> {
    const customer = await Customer.findBy('telegramId', payment.telegramId, { client: trx })
    const word = starPaymentWord(payment)
    await this.breaks.open(trx, {
      kind: 'unmatched',
      provider: PROVIDER,
      fingerprint: paymentFingerprint(PROVIDER, word),
      customerId: customer?.id ?? null,
      webhookEventId: eventId,
      amount: word.received,
      suggestion: 'credit_received',
      detail: {
        provider_id: payment.payload.slice(0, 100),
        payment_id: payment.chargeId,
        telegram_id: payment.telegramId,
      },
    })
    return 'unknown_invoice'
  }
}
