import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    /** The next free slot of each lane, in microseconds of the database's clock: slots are not whole milliseconds apart. */
    this.schema.createTable('telegram_pace', (table) => {
      table.string('lane', 20).primary()
      table.bigInteger('next_slot_us').notNullable()
      table.bigInteger('paused_until_us').notNullable()
    })
    this.schema.createTable('telegram_chats', (table) => {
      table.bigInteger('chat_id').primary()
      /** The bot answered here last: the next outbox row keeps its distance. */
      table.bigInteger('answered_at').nullable().index()
      table.bigInteger('paused_until').nullable()
      /** The supergroup that the group became. */
      table.bigInteger('migrated_to').nullable()
    })
    this.schema.createTable('ticks', (table) => {
      table.string('name', 60).primary()
      table.bigInteger('next_run_at').notNullable()
      table.bigInteger('last_run_at').nullable()
      table.string('last_error', 500).nullable()
    })
  }

  async down() {
    this.schema.dropTable('ticks')
    this.schema.dropTable('telegram_chats')
    this.schema.dropTable('telegram_pace')
  }
}
