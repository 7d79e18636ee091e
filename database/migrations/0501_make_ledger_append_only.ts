import { BaseSchema } from '@adonisjs/lucid/schema'

const TABLES = ['ledger_transfers', 'ledger_entries']

/** The database itself refuses to change or remove what was posted: a correction is another transfer. */
export default class extends BaseSchema {
  async up() {
    for (const table of TABLES) {
      if (this.db.dialect.name === 'postgres') {
        this.schema.raw(`CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION refuse_change()`)
        continue
      }
      for (const operation of ['UPDATE', 'DELETE']) {
        this.schema.raw(`CREATE TRIGGER ${table}_no_${operation.toLowerCase()} BEFORE ${operation} ON ${table}
          BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`)
      }
    }
  }

  async down() {
    for (const table of TABLES) {
      if (this.db.dialect.name === 'postgres') {
        this.schema.raw(`DROP TRIGGER ${table}_append_only ON ${table}`)
        continue
      }
      for (const operation of ['update', 'delete']) this.schema.raw(`DROP TRIGGER ${table}_no_${operation}`)
    }
  }
}
