import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    /** Idempotency key of whoever asked, when there was one. */
    this.schema.alterTable('raffle_draws', (table) => void table.string('key', 160).nullable())
    this.schema.raw('CREATE UNIQUE INDEX raffle_draws_key_unique ON raffle_draws ("key")')
  }

  async down() {
    this.schema.raw('DROP INDEX raffle_draws_key_unique')
    this.schema.raw('ALTER TABLE raffle_draws DROP COLUMN "key"')
  }
}
