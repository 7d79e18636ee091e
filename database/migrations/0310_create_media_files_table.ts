import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('media_files', (table) => {
      table.bigIncrements('id')
      /** Random; what outbox rows and broadcasts refer to. */
      table.string('key', 120).notNullable().unique()
      table.string('path', 255).notNullable()
      table.string('mime', 100).notNullable()
      table.bigInteger('size').notNullable()
      table.integer('width').nullable()
      table.integer('height').nullable()
      table.string('sha256', 64).notNullable().index()
      /** Telegram's own copy, good for that bot alone. */
      table.string('telegram_file_id', 255).nullable()
      table.bigInteger('telegram_bot_id').nullable()
      table.bigInteger('uploaded_by').nullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable('media_files')
  }
}
