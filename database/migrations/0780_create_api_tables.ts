import { BaseSchema } from '@adonisjs/lucid/schema'

/** Programs that integrate with us: their keys, what they asked for once, and what they are told. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('api_keys', (table) => {
      table.bigIncrements('id')
      table.string('name', 80).notNullable()
      /** The public part of the token, by which it is found. */
      table.string('prefix', 16).notNullable().unique()
      /** SHA-256 of the whole token, hexadecimal. */
      table.string('token_hash', 64).notNullable()
      table.json('scopes').notNullable()
      /** Addresses and networks it may come from; none: any. */
      table.json('allowed_ips').notNullable()
      table.string('webhook_url', 500).nullable()
      table.json('webhook_events').notNullable()
      /** What its webhooks are signed with, closed by the key wrapper. */
      table.text('webhook_secret').nullable()
      table.bigInteger('created_by').nullable().references('id').inTable('admins')
      table.string('created_by_name', 100).notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('last_used_at').nullable()
      table.string('last_used_ip', 45).nullable()
      table.bigInteger('revoked_at').nullable()
      table.index(['created_at', 'id'])
    })
    /** What was asked for under an `Idempotency-Key`, and what was answered. */
    this.schema.createTable('api_requests', (table) => {
      table.bigIncrements('id')
      table.bigInteger('api_key_id').notNullable().references('id').inTable('api_keys')
      table.string('key', 255).notNullable()
      table.string('route', 120).notNullable()
      /** SHA-256, hexadecimal. */
      table.string('body_hash', 64).notNullable()
      /** Until then somebody works on it; after that it was interrupted and may be taken up again. */
      table.bigInteger('claimed_until').notNullable()
      /** Null while nothing was answered. */
      table.integer('response_status').nullable()
      table.text('response_body').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('expires_at').notNullable()
      table.unique(['api_key_id', 'key'])
      table.index(['expires_at'])
    })
    this.schema.createTable('integration_events', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.string('key', 160).notNullable().unique()
      table.string('name', 60).notNullable()
      table.json('data').notNullable()
      table.bigInteger('created_at').notNullable()
      table.index(['created_at'])
    })
    /** An event owed to the webhook of one key. */
    this.schema.createTable('webhook_deliveries', (table) => {
      table.bigIncrements('id')
      table.bigInteger('event_id').notNullable().references('id').inTable('integration_events')
      table.bigInteger('api_key_id').notNullable().references('id').inTable('api_keys')
      /** `waiting`, `delivered`, `failed`, `cancelled`. */
      table.string('status', 12).notNullable()
      table.integer('attempts').notNullable().defaultTo(0)
      /** Null once nothing will be tried any more. */
      table.bigInteger('next_attempt_at').nullable()
      table.bigInteger('attempted_at').nullable()
      table.integer('response_status').nullable()
      /** Milliseconds that the last attempt took. */
      table.integer('duration').nullable()
      table.string('error', 300).nullable()
      table.bigInteger('delivered_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['event_id', 'api_key_id'])
      table.index(['api_key_id', 'id'])
      table.index(['status', 'id'])
      table.index(['created_at', 'id'])
    })
    this.schema.raw(
      'CREATE INDEX webhook_deliveries_due_index ON webhook_deliveries (next_attempt_at, id) WHERE next_attempt_at IS NOT NULL'
    )
  }

  async down() {
    for (const table of ['webhook_deliveries', 'integration_events', 'api_requests', 'api_keys'])
      this.schema.dropTable(table)
  }
}
