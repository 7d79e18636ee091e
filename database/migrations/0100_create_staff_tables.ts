import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('admins', (table) => {
      table.bigIncrements('id')
      table.string('email', 254).notNullable().unique()
      table.string('full_name', 100).notNullable()
      table.string('password').notNullable()
      table.string('role', 20).notNullable()
      table.string('time_zone', 60).notNullable().defaultTo('UTC')
      table.string('theme', 10).notNullable().defaultTo('auto')
      table.bigInteger('telegram_id').nullable().unique()
      table.text('two_factor_secret').nullable()
      table.bigInteger('two_factor_enabled_at').nullable()
      table.bigInteger('last_used_step').nullable()
      table.bigInteger('last_login_at').nullable()
      table.bigInteger('disabled_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
    this.schema.createTable('audit_entries', (table) => {
      table.bigIncrements('id')
      table.bigInteger('created_at').notNullable()
      table.string('actor_type', 20).notNullable()
      table.bigInteger('actor_id').nullable()
      table.string('actor_name', 100).notNullable()
      table.string('action', 60).notNullable()
      table.string('subject_type', 40).notNullable()
      table.string('subject_id', 64).notNullable()
      table.json('before').nullable()
      table.json('after').nullable()
      table.string('ip', 45).nullable()
      table.string('request_id', 64).nullable()
      table.index(['subject_type', 'subject_id', 'id'])
      table.index(['actor_type', 'actor_id', 'id'])
      table.index(['action', 'id'])
    })
  }

  async down() {
    this.schema.dropTable('audit_entries')
    this.schema.dropTable('admins')
  }
}
