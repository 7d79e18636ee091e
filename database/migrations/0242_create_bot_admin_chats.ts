import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    /** Chats in which Telegram shows the commands of admins. */
    this.schema.createTable('bot_admin_chats', (table) => {
      table.bigInteger('bot_id').notNullable()
      table.bigInteger('chat_id').notNullable()
      table.bigInteger('published_at').notNullable()
      table.primary(['bot_id', 'chat_id'])
    })
  }

  async down() {
    this.schema.dropTable('bot_admin_chats')
  }
}
