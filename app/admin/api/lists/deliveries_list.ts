import db from '@adonisjs/lucid/services/db'
import { INTEGRATION_EVENTS, type IntegrationEventName } from '#core/contracts/integration_events'
import { DELIVERY_STATUSES, type DeliveryStatus } from '#staff/webhooks/values'
import { isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { asReference, choice, days, identifier } from '#admin/shared/list_filters'

export interface ListedDelivery {
  id: number
  status: DeliveryStatus
  attempts: number
  response_status: number | null
  error: string | null
  created_at: number
  delivered_at: number | null
  event: IntegrationEventName
  reference: string
  key_id: number
  key_name: string
}

/** What programs are told. */
export const deliveriesList = (timeZone: string) =>
  defineList<ListedDelivery>({
    name: 'webhook-deliveries',
    id: 'webhook_deliveries.id',
    query: () =>
      db
        .from('webhook_deliveries')
        .join('integration_events', 'integration_events.id', 'webhook_deliveries.event_id')
        .join('api_keys', 'api_keys.id', 'webhook_deliveries.api_key_id')
        .select('webhook_deliveries.id', 'webhook_deliveries.status', 'webhook_deliveries.attempts')
        .select('webhook_deliveries.response_status', 'webhook_deliveries.error', 'webhook_deliveries.created_at')
        .select('webhook_deliveries.delivered_at', 'integration_events.name as event', 'integration_events.reference')
        .select('api_keys.id as key_id', 'api_keys.name as key_name'),
    search: [
      (text) =>
        db
          .from('webhook_deliveries')
          .join('integration_events', 'integration_events.id', 'webhook_deliveries.event_id')
          .select('webhook_deliveries.id')
          .where('integration_events.reference', asReference(text)),
    ],
    filters: {
      status: choice(DELIVERY_STATUSES, (query, status) => query.where('webhook_deliveries.status', status)),
      event: choice(INTEGRATION_EVENTS, (query, name) => query.where('integration_events.name', name)),
      key: identifier((query, id) => query.where('webhook_deliveries.api_key_id', id)),
      ...days(timeZone, 'webhook_deliveries.created_at'),
    },
    sorts: { created: 'webhook_deliveries.created_at' },
    defaultSort: '-created',
    csv: {
      id: (row) => row.id,
      created: (row) => isoOf(row.created_at),
      event: (row) => row.event,
      event_id: (row) => row.reference,
      key: (row) => row.key_name,
      status: (row) => row.status,
      attempts: (row) => row.attempts,
      answer: (row) => row.response_status,
      error: (row) => row.error,
      delivered: (row) => isoOf(row.delivered_at),
    },
  })
