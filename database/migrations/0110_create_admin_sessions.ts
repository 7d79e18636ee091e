import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('admin_sessions', (table) => {
      table.bigIncrements('id')
      table.bigInteger('admin_id').notNullable().references('id').inTable('admins')
      table.string('ip', 45).notNullable()
      table.string('user_agent', 300).notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('last_seen_at').notNullable()
      table.bigInteger('revoked_at').nullable()
      table.index(['admin_id', 'revoked_at', 'last_seen_at'])
    })
  }

  async down() {
    this.schema.dropTable('admin_sessions')
  }
}
