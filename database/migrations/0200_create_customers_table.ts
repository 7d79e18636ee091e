import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('customers', (table) => {
      table.bigIncrements('id')
      table.bigInteger('telegram_id').notNullable().unique()
      table.string('username', 64).nullable()
      table.string('first_name', 100).notNullable()
      table.string('last_name', 100).nullable()
      /** Lower case, for prefix search. */
      table.string('search_username', 64).nullable().index()
      table.string('search_name', 201).notNullable().index()
      table.string('language', 5).notNullable()
      /** Chosen in the settings: no longer follows the Telegram client. */
      table.boolean('language_chosen').notNullable().defaultTo(false)
      table.string('time_zone', 60).nullable()
      table.string('referral_code', 16).notNullable().unique()
      table.bigInteger('referrer_id').nullable().references('id').inTable('customers').index()
      table.bigInteger('banned_at').nullable()
      table.string('ban_reason', 500).nullable()
      table.bigInteger('unreachable_at').nullable()
      table.string('unreachable_reason', 200).nullable()
      table.bigInteger('last_active_at').notNullable()
      table.bigInteger('anonymised_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['last_active_at', 'id'])
      table.index(['created_at', 'id'])
      table.index(['language', 'id'])
    })
    this.schema.createTable('customer_opt_outs', (table) => {
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers').onDelete('CASCADE')
      table.string('category', 30).notNullable()
      table.bigInteger('created_at').notNullable()
      table.primary(['customer_id', 'category'])
    })
  }

  async down() {
    this.schema.dropTable('customer_opt_outs')
    this.schema.dropTable('customers')
  }
}
