import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('broadcasts', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.string('title', 120).notNullable()
      table.string('status', 20).notNullable()
      table.string('category', 30).notNullable()
      table.json('audience').notNullable()
      table.string('default_locale', 5).notNullable()
      /** `moment`: the same instant for everybody; `local`: the same wall clock time in each customer's zone. */
      table.string('schedule_mode', 10).nullable()
      /** When fan-out may begin; for `local` the instant at which the first zone reaches the wall clock time. */
      table.bigInteger('scheduled_at').nullable()
      /** Wall clock time as the admin wrote it, and the admin's zone. */
      table.string('scheduled_local', 16).nullable()
      table.string('schedule_zone', 60).nullable()
      table.string('recurrence', 10).notNullable()
      /** Set on the hidden copy that an admin sends to themselves. */
      table.bigInteger('test_of').nullable().references('id').inTable('broadcasts').onDelete('CASCADE').index()
      /** The first broadcast of a recurring series. */
      table.bigInteger('series_id').nullable().index()
      /** Wall clock times of the customer between which nothing is sent. */
      table.string('quiet_from', 5).nullable()
      table.string('quiet_to', 5).nullable()
      table.string('send_once_key', 64).nullable()
      table.boolean('paid').notNullable()
      /** Per cent of the audience that gets variant A or B before a winner is chosen; null without a test. */
      table.smallint('ab_share').nullable()
      table.string('ab_winner', 1).nullable()
      /** Version of the content that is edited or being sent; frozen once sending began. */
      table.integer('version').notNullable()
      /** Grows with each save: a stale form is refused. */
      table.integer('revision').notNullable()
      /** What the current run over the recipients does, and how far it has got (customer or row id). */
      table.string('run', 10).nullable()
      table.bigInteger('run_cursor').nullable()
      table.bigInteger('run_end').nullable()
      table.bigInteger('fanned_out_at').nullable()
      table.bigInteger('created_by').nullable()
      table.bigInteger('approved_by').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('started_at').nullable()
      table.bigInteger('paused_at').nullable()
      table.bigInteger('completed_at').nullable()
      table.bigInteger('cancelled_at').nullable()
      table.index(['status', 'scheduled_at'])
      table.index(['created_at', 'id'])
    })
    this.schema.createTable('broadcast_variants', (table) => {
      table.bigIncrements('id')
      table.bigInteger('broadcast_id').notNullable().references('id').inTable('broadcasts').onDelete('CASCADE')
      table.integer('version').notNullable()
      table.string('locale', 5).notNullable()
      table.string('variant', 1).notNullable()
      /** Telegram HTML with placeholders, in the canonical form of the parser. */
      table.text('html').notNullable()
      table.json('buttons').notNullable()
      table.string('media_key', 120).nullable()
      table.unique(['broadcast_id', 'version', 'locale', 'variant'])
    })
    this.schema.createTable('broadcast_counters', (table) => {
      table.bigInteger('broadcast_id').notNullable().references('id').inTable('broadcasts').onDelete('CASCADE')
      table.string('operation', 10).notNullable()
      table.integer('version').notNullable()
      table.string('variant', 1).notNullable()
      table.bigInteger('written').notNullable().defaultTo(0)
      table.bigInteger('sent').notNullable().defaultTo(0)
      table.bigInteger('blocked').notNullable().defaultTo(0)
      table.bigInteger('failed').notNullable().defaultTo(0)
      table.bigInteger('unknown').notNullable().defaultTo(0)
      table.bigInteger('cancelled').notNullable().defaultTo(0)
      table.primary(['broadcast_id', 'operation', 'version', 'variant'])
    })
    this.schema.createTable('broadcast_send_once', (table) => {
      table.string('key', 64).notNullable()
      table.bigInteger('customer_id').notNullable()
      table.bigInteger('broadcast_id').notNullable().references('id').inTable('broadcasts').onDelete('CASCADE')
      table.primary(['key', 'customer_id'])
    })
  }

  async down() {
    this.schema.dropTable('broadcast_send_once')
    this.schema.dropTable('broadcast_counters')
    this.schema.dropTable('broadcast_variants')
    this.schema.dropTable('broadcasts')
  }
}
