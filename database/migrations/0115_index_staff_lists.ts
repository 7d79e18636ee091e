import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the audit log and the security page are searched by. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('audit_entries', (table) => {
      table.index(['created_at', 'id'])
    })
    this.schema.alterTable('security_events', (table) => {
      table.index(['kind', 'created_at', 'id'])
    })
    this.defer(async (db) => {
      if (db.dialect.name !== 'postgres') return
      await db.rawQuery('CREATE INDEX audit_entries_action_prefix ON audit_entries (action text_pattern_ops, id)')
    })
  }

  async down() {
    this.defer(async (db) => {
      if (db.dialect.name !== 'postgres') return
      await db.rawQuery('DROP INDEX audit_entries_action_prefix')
    })
    this.schema.alterTable('security_events', (table) => {
      table.dropIndex(['kind', 'created_at', 'id'])
    })
    this.schema.alterTable('audit_entries', (table) => {
      table.dropIndex(['created_at', 'id'])
    })
  }
}
