import { BaseSchema } from '@adonisjs/lucid/schema'

/** Names of recipients are found however they are written, and webhooks by what came of them. */
export default class extends BaseSchema {
  async up() {
    const isPostgres = this.db.dialect.name === 'postgres'
    this.schema.raw(`ALTER TABLE star_orders ADD COLUMN recipient_key varchar(32)
      GENERATED ALWAYS AS (lower(recipient_username)) ${isPostgres ? 'STORED' : 'VIRTUAL'}`)
    this.schema.raw('DROP INDEX star_orders_recipient_username_search')
    this.schema.raw(
      `CREATE INDEX star_orders_recipient_key_search ON star_orders (recipient_key${isPostgres ? ' text_pattern_ops' : ''})`
    )
    this.schema.raw('CREATE INDEX webhook_events_effect ON webhook_events (effect, received_at, id)')
  }

  async down() {
    const isPostgres = this.db.dialect.name === 'postgres'
    this.schema.raw('DROP INDEX webhook_events_effect')
    this.schema.raw('DROP INDEX star_orders_recipient_key_search')
    this.schema.raw('ALTER TABLE star_orders DROP COLUMN recipient_key')
    this.schema.raw(
      `CREATE INDEX star_orders_recipient_username_search ON star_orders (recipient_username${isPostgres ? ' text_pattern_ops' : ''})`
    )
  }
}
