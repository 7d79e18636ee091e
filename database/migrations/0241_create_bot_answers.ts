import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('bot_answers', (table) => {
      table.bigIncrements('id')
      table.bigInteger('bot_id').notNullable()
      /** Answers of one chat are delivered one after another. */
      table.bigInteger('chat_id').notNullable()
      table.string('method', 40).notNullable()
      table.json('payload').notNullable()
      table.smallint('attempts').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable().index()
      /** Not before that; whoever delivers it moves it on, which keeps others away meanwhile. */
      table.bigInteger('due_at').notNullable()
      table.index(['bot_id', 'chat_id', 'id'])
      table.index(['bot_id', 'due_at'])
    })
  }

  async down() {
    this.schema.dropTable('bot_answers')
  }
}
