import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('bot_updates', (table) => {
      table.bigIncrements('id')
      /** Another token is another bot, whose update ids start anew. */
      table.bigInteger('bot_id').notNullable()
      table.bigInteger('update_id').notNullable()
      /** Updates of one chat are processed one after another. */
      table.bigInteger('chat_id').notNullable()
      table.string('kind', 40).notNullable()
      table.json('payload').notNullable()
      table.smallint('attempts').notNullable().defaultTo(0)
      table.bigInteger('received_at').notNullable()
      table.string('claimed_by', 100).nullable()
      table.bigInteger('claim_expires_at').nullable()
      table.bigInteger('finished_at').nullable().index()
      table.string('outcome', 20).nullable()
      table.string('error', 300).nullable()
      table.unique(['bot_id', 'update_id'])
    })
    this.schema.createTable('bot_sessions', (table) => {
      table.bigInteger('chat_id').primary()
      table.json('data').notNullable()
      table.bigInteger('updated_at').notNullable().index()
    })
    this.schema.raw(
      'CREATE INDEX bot_updates_unfinished ON bot_updates (bot_id, chat_id, update_id) WHERE finished_at IS NULL'
    )
  }

  async down() {
    this.schema.dropTable('bot_sessions')
    this.schema.dropTable('bot_updates')
  }
}
