import { BaseSchema } from '@adonisjs/lucid/schema'

/** Sealed days, each with the digest of the day before in its own, and what the nightly proofs found. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('ledger_digests', (table) => {
      table.bigIncrements('id')
      /** UTC, `2026-06-01`. */
      table.string('day', 10).notNullable().unique()
      /** The watermark: the day holds what is above the day before's, up to here. */
      table.bigInteger('last_transfer_id').notNullable()
      table.bigInteger('transfers').notNullable()
      table.string('digest', 64).notNullable()
      table.bigInteger('sealed_at').notNullable()
    })
    this.schema.createTable('ledger_proofs', (table) => {
      table.bigIncrements('id')
      table.string('outcome', 10).notNullable()
      table.bigInteger('transfers').notNullable()
      table.bigInteger('entries').notNullable()
      table.bigInteger('accounts').notNullable()
      table.bigInteger('offences').notNullable()
      /** The first of them. */
      table.json('details').notNullable()
      table.bigInteger('started_at').notNullable()
      table.bigInteger('finished_at').notNullable()
    })
    this.defer(async (db) => {
      if (db.dialect.name === 'postgres') {
        await db.rawQuery(`CREATE TRIGGER ledger_digests_append_only BEFORE UPDATE OR DELETE ON ledger_digests
          FOR EACH ROW EXECUTE FUNCTION refuse_change()`)
        return
      }
      for (const operation of ['UPDATE', 'DELETE']) {
        await db.rawQuery(`CREATE TRIGGER ledger_digests_no_${operation.toLowerCase()} BEFORE ${operation} ON ledger_digests
          BEGIN SELECT RAISE(ABORT, 'ledger_digests is append-only'); END`)
      }
    })
  }

  async down() {
    this.schema.dropTable('ledger_proofs')
    this.schema.dropTable('ledger_digests')
  }
}
