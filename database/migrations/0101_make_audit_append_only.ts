import { BaseSchema } from '@adonisjs/lucid/schema'

/** The database itself refuses to change or remove what was recorded. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (db) => {
      if (db.dialect.name === 'postgres') {
        await db.rawQuery(`CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`)
        await db.rawQuery(`CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
          FOR EACH ROW EXECUTE FUNCTION refuse_change()`)
        return
      }
      for (const operation of ['UPDATE', 'DELETE']) {
        await db.rawQuery(`CREATE TRIGGER audit_entries_no_${operation.toLowerCase()} BEFORE ${operation} ON audit_entries
          BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END`)
      }
    })
  }

  async down() {
    this.defer(async (db) => {
      if (db.dialect.name === 'postgres') {
        await db.rawQuery('DROP TRIGGER audit_entries_append_only ON audit_entries')
        await db.rawQuery('DROP FUNCTION refuse_change()')
        return
      }
      await db.rawQuery('DROP TRIGGER audit_entries_no_update')
      await db.rawQuery('DROP TRIGGER audit_entries_no_delete')
    })
  }
}
