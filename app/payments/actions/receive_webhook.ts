import { createHash } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { rowsOf } from '#core/database/dialect'
import { enqueue } from '#core/database/enqueue'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import ProcessWebhook from '#payments/jobs/process_webhook'
import type { ProviderWebhook } from '#payments/providers/payment_provider'
import { PaymentProviders } from '#payments/providers/payment_providers'
import type { ProviderName } from '#payments/values'
import { wrapBody } from '#payments/webhooks/webhook_body'

export interface IncomingWebhook {
  provider: ProviderName
  /** The bytes as they came. */
  body: Buffer
  header: (name: string) => string | undefined
  ip: string | null
}

/** One statement: a delivery that came before is counted on its row. */
const STORE = `INSERT INTO webhook_events
    (provider, event_key, body, deliveries, attempts, ip, received_at, last_received_at)
  VALUES (?, ?, ?, 1, 0, ?, ?, ?)
  ON CONFLICT (provider, event_key) DO UPDATE
    SET deliveries = webhook_events.deliveries + 1, last_received_at = excluded.last_received_at
  RETURNING id, deliveries`

/**
 * Takes a webhook in: genuine ones are stored with a job that will look into them, and nothing else is done while the
 * provider waits. Refuses `webhook_off` and `webhook_forged`.
 */
@inject()
export class ReceiveWebhook {
  constructor(
    private clock: Clock,
    private keys: KeyWrapper,
    private providers: PaymentProviders
  ) {}

  async handle({ provider, body, header, ip }: IncomingWebhook) {
    const webhook = this.providers.find(provider)?.webhook
    if (!webhook) return refuse('webhook_off')
    if (!webhook.verify(body, header)) return refuse('webhook_forged')
    const now = this.clock.now()
    const row = [provider, keyOf(webhook, body), wrapBody(this.keys, body), ip, now, now]
    return transaction(async (trx) => {
      const [event] = rowsOf<{ id: number; deliveries: number }>(await trx.rawQuery(STORE, row as any[]))
      if (event.deliveries === 1) await enqueue(trx, ProcessWebhook, { eventId: event.id })
      return ok({ id: event.id, isRepeated: event.deliveries > 1 })
    })
  }
}

/** A genuine body that names nothing is stored all the same, under its hash. */
function keyOf(webhook: ProviderWebhook, body: Buffer): string {
  try {
    return webhook.parse(body).eventKey.slice(0, 160)
  } catch {
    return createHash('sha256').update(body).digest('hex')
  }
}
