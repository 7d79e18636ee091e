import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('admins', (table) => {
      /** Given by somebody else: the admin chooses an own one at the first login. */
      table.boolean('must_change_password').notNullable().defaultTo(false)
      table.bigInteger('password_changed_at').nullable()
    })
  }

  /** Knex would rebuild the table on SQLite, which rows that refer to it forbid. */
  async down() {
    this.schema.raw('ALTER TABLE admins DROP COLUMN must_change_password')
    this.schema.raw('ALTER TABLE admins DROP COLUMN password_changed_at')
  }
}
