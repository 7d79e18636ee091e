import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('security_events', (table) => {
      table.bigIncrements('id')
      table.string('kind', 40).notNullable()
      table.string('subject', 254).notNullable()
      table.string('ip', 45).notNullable()
      /** Minute of the first occurrence: repetitions within it are counted, not added. */
      table.bigInteger('minute').notNullable()
      table.integer('count').notNullable()
      table.bigInteger('admin_id').nullable()
      table.json('details').nullable()
      table.string('request_id', 64).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('last_seen_at').notNullable()
      table.unique(['kind', 'subject', 'ip', 'minute'])
      table.index(['created_at'])
    })
  }

  async down() {
    this.schema.dropTable('security_events')
  }
}
