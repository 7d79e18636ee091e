import { BaseSchema } from '@adonisjs/lucid/schema'

/** Money reserved before it is known what becomes of it. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('ledger_holds', (table) => {
      table.bigIncrements('id')
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.string('currency', 8).notNullable()
      table.bigInteger('amount').notNullable()
      /** What it is for: the kind of the transfer that settles it. */
      table.string('kind', 30).notNullable()
      table.string('status', 12).notNullable()
      table.string('reference_type', 40).nullable()
      table.string('reference_id', 64).nullable()
      table.bigInteger('transfer_id').notNullable().unique().references('id').inTable('ledger_transfers')
      table.bigInteger('closing_transfer_id').nullable().unique().references('id').inTable('ledger_transfers')
      table.bigInteger('expires_at').nullable()
      /** The outside world has been asked: only its answer closes the hold. */
      table.bigInteger('effect_started_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('closed_at').nullable()
      table.index(['customer_id', 'id'])
      table.index(['reference_type', 'reference_id'])
    })
    this.schema.raw(
      `CREATE INDEX ledger_holds_due ON ledger_holds (expires_at) WHERE status = 'open' AND effect_started_at IS NULL`
    )
    this.schema.raw(`CREATE INDEX ledger_holds_open ON ledger_holds (customer_id, currency) WHERE status = 'open'`)
  }

  async down() {
    this.schema.dropTable('ledger_holds')
  }
}
