import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a customer wants may need an admin's consent too: no admin has requested it then. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('approvals', (table) => table.setNullable('requested_by'))
  }

  /** A request of nobody can't be kept: no admin has the id 0. */
  async down() {
    this.defer(async (db) => {
      await db.rawQuery('UPDATE approvals SET requested_by = 0 WHERE requested_by IS NULL')
    })
    this.schema.alterTable('approvals', (table) => table.dropNullable('requested_by'))
  }
}
