import { BaseSchema } from '@adonisjs/lucid/schema'

/** The first `/start` closes the door for a referrer: afterwards none is bound. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('customers', (table) => {
      table.bigInteger('started_at').nullable()
    })
  }

  /** Knex would rebuild the table on SQLite, which rows that refer to it forbid. */
  async down() {
    this.schema.raw('ALTER TABLE customers DROP COLUMN started_at')
  }
}
