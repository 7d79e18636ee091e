import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('notifications', (table) => {
      table.bigIncrements('id')
      table.string('type', 30).notNullable()
      table.string('status', 20).notNullable()
      table.string('operation', 10).notNullable().defaultTo('send')
      table.smallint('priority').notNullable()
      table.bigInteger('chat_id').notNullable()
      table.bigInteger('thread_id').nullable()
      table.bigInteger('customer_id').nullable()
      table.bigInteger('broadcast_id').nullable()
      /** Version of the broadcast's content to send. */
      table.integer('broadcast_version').nullable()
      table.string('template', 60).nullable()
      table.json('params').nullable()
      table.json('buttons').nullable()
      table.string('photo', 120).nullable()
      table.bigInteger('target_message_id').nullable()
      table.smallint('attempts').notNullable().defaultTo(0)
      table.bigInteger('scheduled_at').notNullable()
      table.bigInteger('claimed_at').nullable()
      table.string('claimed_by', 100).nullable()
      /** Journalled before the request is written: with a dead worker it means an unknown outcome. */
      table.bigInteger('attempted_at').nullable()
      table.bigInteger('sent_at').nullable()
      table.bigInteger('telegram_message_id').nullable()
      table.string('error', 300).nullable()
      /** Why it was deferred or cancelled. */
      table.string('reason', 60).nullable()
      table.string('dedupe_key', 120).nullable().unique()
      table.bigInteger('created_at').notNullable()
      table.index(['customer_id', 'id'])
      table.index(['broadcast_id', 'status', 'id'])
    })
  }

  async down() {
    this.schema.dropTable('notifications')
  }
}
