import { BaseSchema } from '@adonisjs/lucid/schema'

/** The list filtered by language, in its usual order: a page of it reads no more rows than it shows. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('customers', (table) => {
      table.index(['language', 'last_active_at', 'id'], 'customers_language_active_index')
    })
  }

  async down() {
    this.schema.alterTable('customers', (table) => {
      table.dropIndex(['language', 'last_active_at', 'id'], 'customers_language_active_index')
    })
  }
}
