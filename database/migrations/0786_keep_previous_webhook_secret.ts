import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('api_keys', (table) => {
      /** What was replaced, closed likewise: signs too until then, so that the program has time to learn the new one. */
      table.text('previous_webhook_secret').nullable()
      table.bigInteger('previous_secret_until').nullable()
    })
  }

  /** Statements of their own: knex would make the table anew on SQLite, which others refer to. */
  async down() {
    for (const column of ['previous_secret_until', 'previous_webhook_secret']) {
      this.schema.raw(`ALTER TABLE api_keys DROP COLUMN ${column}`)
    }
  }
}
