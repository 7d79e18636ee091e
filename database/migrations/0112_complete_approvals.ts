import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('approvals', (table) => {
      table.string('note', 500).nullable()
    })
    this.defer(async (db) => {
      await db.rawQuery(
        `CREATE UNIQUE INDEX approvals_one_pending ON approvals (action, subject_type, subject_id) WHERE status = 'pending'`
      )
    })
  }

  async down() {
    this.defer(async (db) => {
      await db.rawQuery('DROP INDEX approvals_one_pending')
    })
    this.schema.alterTable('approvals', (table) => {
      table.dropColumn('note')
    })
  }
}
