import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('invoices', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.string('purpose', 30).notNullable()
      table.string('subject_type', 30).nullable()
      table.bigInteger('subject_id').nullable()
      table.string('status', 20).notNullable()
      table.string('provider', 20).notNullable()
      /** What is owed, in minor units. */
      table.string('currency', 10).notNullable()
      table.bigInteger('amount').notNullable()
      /** What the provider collects for it: another currency when it can't take that one. */
      table.string('charge_currency', 10).notNullable()
      table.bigInteger('charge_amount').notNullable()
      /** What came, measured in the currency of the charge; and what exactly, in the provider's own words. */
      table.bigInteger('received_amount').nullable()
      table.string('paid_asset', 20).nullable()
      table.string('paid_asset_amount', 60).nullable()
      table.string('description', 200).notNullable()
      /** Whoever asks again with the same key gets the same invoice. */
      table.string('idempotency_key', 120).notNullable().unique()
      table.string('provider_invoice_id', 120).nullable()
      /** The payment itself where the provider names it: Telegram's charge id. */
      table.string('provider_payment_id', 200).nullable()
      table.string('pay_url', 1000).nullable()
      /** The provider's last word on it, encrypted. */
      table.text('payload').nullable()
      /** Ledger transfer that moved what was paid. */
      table.bigInteger('transfer_id').nullable()
      table.string('failure', 200).nullable()
      /** Until then one process prepares it at the provider. */
      table.bigInteger('claimed_at').nullable()
      table.integer('create_attempts').notNullable().defaultTo(0)
      table.integer('polls').notNullable().defaultTo(0)
      /** Null: nobody needs to ask any more. */
      table.bigInteger('next_poll_at').nullable()
      table.bigInteger('expires_at').notNullable()
      table.bigInteger('paid_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['provider', 'provider_invoice_id'])
      table.unique(['provider', 'provider_payment_id'])
      table.index(['customer_id', 'created_at', 'id'])
      table.index(['subject_type', 'subject_id'])
      table.index(['status', 'created_at', 'id'])
      table.index(['created_at', 'id'])
      table.check('amount > 0 AND charge_amount > 0', {}, 'invoices_amounts_positive')
    })
    this.schema.raw('CREATE INDEX invoices_to_poll ON invoices (next_poll_at) WHERE next_poll_at IS NOT NULL')

    this.schema.createTable('webhook_events', (table) => {
      table.bigIncrements('id')
      table.string('provider', 20).notNullable()
      /** The provider's name of what happened, or the hash of a body that names nothing. */
      table.string('event_key', 160).notNullable()
      /** As it came, encrypted. */
      table.text('body').notNullable()
      table.bigInteger('invoice_id').nullable().index()
      /** What came of it; null while it waits. */
      table.string('effect', 30).nullable()
      table.string('detail', 300).nullable()
      table.integer('deliveries').notNullable()
      table.integer('attempts').notNullable()
      table.string('error', 300).nullable()
      table.string('ip', 45).nullable()
      table.bigInteger('received_at').notNullable()
      table.bigInteger('last_received_at').notNullable()
      table.bigInteger('processed_at').nullable()
      table.unique(['provider', 'event_key'])
      table.index(['received_at', 'id'])
    })
    this.schema.raw('CREATE INDEX webhook_events_waiting ON webhook_events (received_at) WHERE processed_at IS NULL')

    this.schema.createTable('payment_breaks', (table) => {
      table.bigIncrements('id')
      table.string('kind', 20).notNullable()
      table.string('status', 20).notNullable()
      table.string('provider', 20).notNullable()
      /** The same payment is one break, however often it is seen. */
      table.string('fingerprint', 160).notNullable().unique()
      table.bigInteger('invoice_id').nullable().index()
      table.bigInteger('customer_id').nullable().index()
      table.bigInteger('webhook_event_id').nullable()
      /** What waits in the suspense account; null when it is no currency of ours. */
      table.string('currency', 10).nullable()
      table.bigInteger('amount').nullable()
      table.string('suggestion', 20).notNullable()
      table.json('detail').nullable()
      table.bigInteger('transfer_id').nullable()
      table.string('resolution', 20).nullable()
      table.string('reason', 500).nullable()
      table.bigInteger('resolved_by').nullable()
      table.bigInteger('resolved_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['status', 'created_at', 'id'])
    })

    this.schema.createTable('refunds', (table) => {
      table.bigIncrements('id')
      table.bigInteger('invoice_id').notNullable().references('id').inTable('invoices')
      table.bigInteger('break_id').nullable()
      table.string('status', 20).notNullable()
      table.string('way', 20).notNullable()
      table.string('currency', 10).notNullable()
      table.bigInteger('amount').notNullable()
      /** Where the provider sends it, when it must be told; encrypted. */
      table.text('address').nullable()
      table.string('reason', 500).notNullable()
      table.string('provider_refund_id', 200).nullable()
      table.bigInteger('transfer_id').nullable()
      table.string('error', 300).nullable()
      table.integer('attempts').notNullable().defaultTo(0)
      table.string('actor_type', 10).notNullable()
      table.bigInteger('actor_id').nullable()
      table.string('actor_name', 100).notNullable()
      table.bigInteger('started_at').nullable()
      table.bigInteger('finished_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['invoice_id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX refunds_one_going ON refunds (invoice_id, COALESCE(break_id, 0)) WHERE status IN ('pending', 'sending', 'unknown', 'done')`
    )
    this.schema.raw(`CREATE INDEX refunds_unfinished ON refunds (updated_at) WHERE status IN ('pending', 'sending')`)

    this.schema.createTable('exchange_rates', (table) => {
      table.bigIncrements('id')
      table.string('base', 10).notNullable()
      table.string('quote', 10).notNullable()
      /** Quote units for one base unit, a plain decimal. */
      table.string('rate', 40).notNullable()
      table.string('source', 20).notNullable()
      table.bigInteger('observed_at').notNullable()
      /** Of a manual rate. */
      table.bigInteger('expires_at').nullable()
      table.bigInteger('set_by').nullable()
      table.string('reason', 500).nullable()
      table.unique(['base', 'quote', 'source'])
    })

    this.schema.createTable('breaker_resets', (table) => {
      table.string('name', 40).primary()
      table.bigInteger('reset_at').notNullable()
    })
  }

  async down() {
    for (const table of [
      'breaker_resets',
      'exchange_rates',
      'refunds',
      'payment_breaks',
      'webhook_events',
      'invoices',
    ]) {
      this.schema.dropTable(table)
    }
  }
}
