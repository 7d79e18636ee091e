import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('settings', (table) => {
      table.string('key', 100).primary()
      table.json('value').notNullable()
      table.integer('version').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
    this.schema.createTable('settings_versions', (table) => {
      table.integer('id').primary()
      table.bigInteger('version').notNullable()
    })
    this.schema.createTable('leases', (table) => {
      table.string('name', 100).primary()
      table.string('holder', 100).notNullable()
      table.bigInteger('fence').notNullable()
      table.bigInteger('acquired_at').notNullable()
      table.bigInteger('expires_at').notNullable()
    })
    this.schema.createTable('approvals', (table) => {
      table.bigIncrements('id')
      table.string('action', 60).notNullable()
      table.string('subject_type', 40).notNullable()
      table.string('subject_id', 40).notNullable()
      table.json('payload').notNullable()
      table.string('status', 20).notNullable()
      table.bigInteger('requested_by').notNullable()
      table.bigInteger('decided_by').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('expires_at').notNullable()
      table.bigInteger('decided_at').nullable()
      table.index(['status', 'id'])
      table.index(['subject_type', 'subject_id'])
    })
    this.defer(async (db) => {
      await db.table('settings_versions').insert({ id: 1, version: 1 })
    })
  }

  async down() {
    this.schema.dropTable('approvals')
    this.schema.dropTable('leases')
    this.schema.dropTable('settings_versions')
    this.schema.dropTable('settings')
  }
}
