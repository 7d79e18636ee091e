import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('bot_invoice_messages', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chat_id').notNullable()
      table.bigInteger('message_id').notNullable()
      table.bigInteger('customer_id').notNullable().index()
      table.bigInteger('invoice_id').notNullable().index()
      /** What it shows now. */
      table.string('state', 60).notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['chat_id', 'message_id'])
    })
  }

  async down() {
    this.schema.dropTable('bot_invoice_messages')
  }
}
