import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { redact } from '#core/redaction'
import { transaction, type Trx } from '#core/database/transaction'
import { ApplyPayment } from '#payments/actions/apply_payment'
import { BreakBook } from '#payments/breaks/break_book'
import { paymentFingerprint } from '#payments/breaks/misfits'
import Invoice from '#payments/models/invoice'
import WebhookEvent from '#payments/models/webhook_event'
import type { ProviderInvoice, WebhookMessage } from '#payments/providers/payment_provider'
import { starPaymentWord } from '#payments/stars/star_payment'
import { PaymentProviders } from '#payments/providers/payment_providers'
import type { WebhookEffect } from '#payments/values'
import { unwrapBody } from '#payments/webhooks/webhook_body'

/**
 * Looks into a stored webhook: asks the provider about the invoice it names, and what the provider says takes effect
 * together with the note of it. Throws as the provider's calls do; then it is tried again.
 */
@inject()
export class ProcessWebhookEvent {
  constructor(
    private clock: Clock,
    private keys: KeyWrapper,
    private providers: PaymentProviders,
    private apply: ApplyPayment,
    private breaks: BreakBook,
    private alerts: Alerts
  ) {}

  async handle(eventId: number): Promise<WebhookEffect | null> {
    const event = await WebhookEvent.find(eventId)
    if (!event || event.processedAt !== null) return event?.effect ?? null
    try {
      return await this.#process(event)
    } catch (error) {
      await this.#note(event, error as Error)
      throw error
    }
  }

  async #process(event: WebhookEvent) {
    if (event.provider === 'telegram_stars') return this.#apply(event, starPaymentWord(JSON.parse(this.#text(event))))
    const message = this.#read(event)
    if (!message?.providerInvoiceId) return this.#finish(event, null, async () => 'unreadable')
    const word = await this.providers.get(event.provider).fetch(message.providerInvoiceId)
    if (!word) return this.#finish(event, null, (trx) => this.#strange(trx, event, 'not_ours'))
    return this.#apply(event, word)
  }

  async #apply(event: WebhookEvent, word: ProviderInvoice) {
    const invoice = await this.#find(event, word)
    if (!invoice) return this.#finish(event, null, (trx) => this.#unmatched(trx, event, word))
    return this.#finish(event, invoice.id, (trx) => this.apply.in(trx, invoice.id, word))
  }

  /** Stars are journalled when they are recorded; only a replay comes here. */
  #text({ body, provider }: WebhookEvent) {
    return unwrapBody(this.keys, body).toString(provider === 'telegram_stars' ? 'utf8' : 'latin1')
  }

  #read(event: WebhookEvent): WebhookMessage | null {
    try {
      return this.providers.get(event.provider).webhook!.parse(Buffer.from(this.#text(event), 'latin1'))
    } catch (error) {
      if (error instanceof SyntaxError) return null
      throw error
    }
  }

  /** By the provider's id, else by our reference: a crash may have come before the id was stored. */
  async #find({ provider }: WebhookEvent, { id, reference }: ProviderInvoice) {
    const known = await Invoice.query().where({ provider, providerInvoiceId: id }).first()
    if (known || !reference) return known
    return Invoice.query().where({ provider, reference }).first()
  }

  async #unmatched(trx: Trx, event: WebhookEvent, word: ProviderInvoice): Promise<WebhookEffect> {
    if (!['paid', 'short'].includes(word.state)) return this.#strange(trx, event, 'unknown_invoice')
    const { id, provider } = event
    await this.breaks.open(trx, {
      kind: 'unmatched',
      provider,
      fingerprint: paymentFingerprint(provider, word),
      webhookEventId: id,
      amount: word.received,
      suggestion: 'credit_received',
      detail: {
        provider_id: word.id,
        ...(word.reference && { reference: word.reference.slice(0, 100) }),
        ...(word.paid && { paid: `${word.paid.amount} ${word.paid.asset}` }),
      },
    })
    return 'unknown_invoice'
  }

  /** Genuine, and about something that we know nothing of. */
  async #strange(trx: Trx, { provider }: WebhookEvent, effect: 'not_ours' | 'unknown_invoice'): Promise<WebhookEffect> {
    await this.alerts.raiseIn(trx, {
      kind: 'payments',
      severity: 'warning',
      fingerprint: `webhook_${effect}:${provider}`,
      title: `${provider} wrote about an invoice that nobody here made`,
      details: { next: 'See the webhook journal: does another installation use the same account?' },
    })
    return effect
  }

  #finish(event: WebhookEvent, invoiceId: number | null, work: (trx: Trx) => Promise<WebhookEffect>) {
    return transaction(async (trx) => {
      const locked = await WebhookEvent.query({ client: trx }).where('id', event.id).forUpdate().firstOrFail()
      if (locked.processedAt !== null) return locked.effect
      const found = await work(trx)
      const effect = found === 'nothing' ? (locked.effect ?? found) : found
      const attempts = locked.attempts + 1
      await locked.merge({ effect, invoiceId, attempts, error: null, processedAt: this.clock.now() }).save()
      return effect
    })
  }

  async #note(event: WebhookEvent, error: Error) {
    const message = redact(error.message).slice(0, 300)
    await WebhookEvent.query()
      .where('id', event.id)
      .update({ error: message, attempts: event.attempts + 1 })
  }
}
