import db from '@adonisjs/lucid/services/db'
import { PROVIDER_NAMES, WEBHOOK_EFFECTS, type ProviderName, type WebhookEffect } from '#payments/values'
import { isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { choice, days, identifier, startsWith } from '#admin/shared/list_filters'

export interface WebhookRow {
  id: number
  provider: ProviderName
  event_key: string
  invoice_id: number | null
  invoice: string | null
  effect: WebhookEffect | null
  detail: string | null
  deliveries: number
  attempts: number
  error: string | null
  received_at: number
  processed_at: number | null
}

/** `waiting` has no effect yet. */
export const EFFECT_FILTERS = ['waiting', ...WEBHOOK_EFFECTS] as const

/** Webhooks whose signature was right; forged ones are refused at the door and told on the security page. */
export const webhooksList = (timeZone: string) =>
  defineList<WebhookRow>({
    name: 'webhooks',
    id: 'webhook_events.id',
    query: () =>
      db
        .from('webhook_events')
        .leftJoin('invoices', 'invoices.id', 'webhook_events.invoice_id')
        .select('webhook_events.id', 'webhook_events.provider', 'webhook_events.event_key')
        .select('webhook_events.invoice_id', 'webhook_events.effect', 'webhook_events.detail')
        .select('webhook_events.deliveries', 'webhook_events.attempts', 'webhook_events.error')
        .select('webhook_events.received_at', 'webhook_events.processed_at', 'invoices.reference as invoice'),
    search: [
      startsWith('webhook_events', 'event_key', { normalise: (text) => text.trim() }),
      (text) =>
        db
          .from('webhook_events')
          .join('invoices', 'invoices.id', 'webhook_events.invoice_id')
          .select('webhook_events.id')
          .where('invoices.reference', text.trim().replace(/^#/, '').toUpperCase()),
    ],
    filters: {
      provider: choice(PROVIDER_NAMES, (query, name) => query.where('webhook_events.provider', name)),
      effect: choice(EFFECT_FILTERS, (query, effect) =>
        effect === 'waiting' ? query.whereNull('webhook_events.effect') : query.where('webhook_events.effect', effect)
      ),
      invoice: identifier((query, id) => query.where('webhook_events.invoice_id', id)),
      ...days(timeZone, 'webhook_events.received_at'),
    },
    sorts: { received: 'webhook_events.received_at' },
    defaultSort: '-received',
    csv: {
      id: (row) => row.id,
      received: (row) => isoOf(row.received_at),
      provider: (row) => row.provider,
      event: (row) => row.event_key,
      invoice: (row) => row.invoice,
      effect: (row) => row.effect,
      detail: (row) => row.detail,
      deliveries: (row) => row.deliveries,
      processed: (row) => isoOf(row.processed_at),
      error: (row) => row.error,
    },
  })
