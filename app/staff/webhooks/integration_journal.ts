import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { IntegrationEvents, type IntegrationEvent } from '#core/contracts/integration_events'
import { toJson } from '#core/database/columns'
import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import ApiKey from '#staff/models/api_key'

/** Keeps every event once, and what is owed of it to whom; `DeliverWebhooks` hands it over. */
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
    const owed = keys
      .filter((key) => key.wants(event.name))
      .map(({ id }) => ({
        event_id: eventId,
        api_key_id: id,
        status: 'waiting',
        attempts: 0,
        next_attempt_at: now,
        created_at: now,
      }))
    if (owed.length > 0) await trx.table('webhook_deliveries').multiInsert(owed)
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
