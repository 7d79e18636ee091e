import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the panel's lists find by its beginning. PostgreSQL needs the operator class for that, SQLite the plain column. */
const SEARCHED = [
  { table: 'invoices', column: 'reference' },
  { table: 'invoices', column: 'provider_invoice_id' },
  { table: 'webhook_events', column: 'event_key' },
  { table: 'star_orders', column: 'reference' },
  { table: 'star_orders', column: 'recipient_username' },
]

export default class extends BaseSchema {
  async up() {
    const operators = this.db.dialect.name === 'postgres' ? ' text_pattern_ops' : ''
    for (const { table, column } of SEARCHED) {
      this.schema.raw(`CREATE INDEX ${table}_${column}_search ON ${table} (${column}${operators})`)
    }
  }

  async down() {
    for (const { table, column } of SEARCHED) this.schema.raw(`DROP INDEX ${table}_${column}_search`)
  }
}
