import { BaseSchema } from '@adonisjs/lucid/schema'

/** Only hashes: whoever reads the database gets no code out of it. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('admin_recovery_codes', (table) => {
      table.bigIncrements('id')
      table.bigInteger('admin_id').notNullable().references('id').inTable('admins')
      table.string('code_hash', 64).notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('used_at').nullable()
      table.unique(['admin_id', 'code_hash'])
    })
    this.schema.createTable('admin_link_codes', (table) => {
      table.bigInteger('admin_id').primary().references('id').inTable('admins')
      table.string('code_hash', 64).notNullable().unique()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('expires_at').notNullable()
    })
    this.schema.createTable('first_owner_setup', (table) => {
      table.integer('id').primary()
      table.string('token_hash', 64).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('completed_at').nullable()
    })
  }

  async down() {
    this.schema.dropTable('first_owner_setup')
    this.schema.dropTable('admin_link_codes')
    this.schema.dropTable('admin_recovery_codes')
  }
}
