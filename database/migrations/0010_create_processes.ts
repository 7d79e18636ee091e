import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('processes', (table) => {
      table.string('id', 100).primary()
      table.json('roles').notNullable()
      table.string('host', 100).notNullable()
      table.integer('pid').notNullable()
      table.string('version', 40).notNullable()
      table.string('node_version', 20).notNullable()
      table.json('figures').notNullable()
      table.bigInteger('started_at').notNullable()
      table.bigInteger('last_seen_at').notNullable().index()
    })
  }

  async down() {
    this.schema.dropTable('processes')
  }
}
