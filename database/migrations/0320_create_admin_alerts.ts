import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('admin_alerts', (table) => {
      table.bigIncrements('id')
      table.string('fingerprint', 120).notNullable()
      table.string('kind', 30).notNullable()
      table.string('severity', 10).notNullable()
      table.string('title', 300).notNullable()
      table.json('details').nullable()
      table.integer('occurrences').notNullable()
      /** Which of the occurrences was told last, and when; null: none yet, it was throttled. */
      table.integer('notified_occurrence').nullable()
      table.bigInteger('notified_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('last_seen_at').notNullable()
      table.bigInteger('resolved_at').nullable()
      table.index(['resolved_at', 'last_seen_at'])
      table.index(['fingerprint', 'notified_at'])
    })
    this.schema.raw(
      'CREATE UNIQUE INDEX admin_alerts_open_unique ON admin_alerts (fingerprint) WHERE resolved_at IS NULL'
    )
    this.schema.alterTable('admins', (table) => {
      table.boolean('receives_alerts').notNullable().defaultTo(true)
    })
  }

  /** Knex would rebuild the table on SQLite, which rows that refer to it forbid. */
  async down() {
    this.schema.raw('ALTER TABLE admins DROP COLUMN receives_alerts')
    this.schema.dropTable('admin_alerts')
  }
}
