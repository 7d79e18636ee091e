import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('payment_cursors', (table) => {
      table.string('name', 60).primary()
      table.bigInteger('position').notNullable()
    })
  }

  async down() {
    this.schema.dropTable('payment_cursors')
  }
}
