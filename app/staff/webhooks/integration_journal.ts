import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { IntegrationEvents, type IntegrationEvent } from '#core/contracts/integration_events'
import { toJson } from '#core/database/columns'
import { enqueue } from '#core/database/enqueue'
import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import DeliverWebhooks from '#staff/jobs/deliver_webhooks'
import ApiKey from '#staff/models/api_key'

/** Keeps every event once, and what is owed of it to whom; `DeliverWebhook` hands it over. */
@inject()
export class IntegrationJournal extends IntegrationEvents {
  constructor(private clock: Clock) {
    super()
  }

  async emit(trx: Trx, event: IntegrationEvent) {
    const now = this.clock.now()
    const eventId = await this.#keep(trx, event, now)
    if (eventId === null) return
    const keys = await ApiKey.query({ client: trx }).whereNull('revoked_at').whereNotNull('webhook_url').orderBy('id')
    for (const { id } of keys.filter((key) => key.wants(event.name))) {
      const owed = { event_id: eventId, api_key_id: id, status: 'waiting', attempts: 0 }
      await trx.table('webhook_deliveries').insert({ ...owed, next_attempt_at: now, created_at: now })
      await enqueue(trx, DeliverWebhooks, { apiKeyId: id })
    }
  }

  /** Null when it was kept before. */
  async #keep(trx: Trx, { key, name, data }: IntegrationEvent, now: number): Promise<number | null> {
    const [row] = await trx
      .knexQuery()
      .table('integration_events')
      .insert({ reference: newReference(), key, name, data: toJson(data), created_at: now })
      .onConflict('key')
      .ignore()
      .returning('id')
    return row?.id ?? null
  }
}
