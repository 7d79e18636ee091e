import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the chain says of each draw, what the contract was found to be like, and which results customers know. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('raffle_receipts', (table) => {
      table.bigIncrements('id')
      table.bigInteger('raffle_id').notNullable().unique().references('id').inTable('raffles')
      /** As it was read from the chain: `DrawFacts`. */
      table.json('facts').notNullable()
      table.bigInteger('created_at').notNullable()
    })
    this.schema.createTable('raffle_watches', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('contract_key', 42).notNullable()
      /** `WatchFigures`. */
      table.json('figures').notNullable()
      table.bigInteger('checked_at').notNullable()
      table.unique(['chain_id', 'contract_key'])
    })
    /** All who were in it have been told how it ended. */
    this.schema.alterTable('raffles', (table) => void table.bigInteger('notified_at').nullable())
    this.schema.raw(
      `CREATE INDEX raffles_to_tell_index ON raffles (id) WHERE status = 'finished' AND notified_at IS NULL`
    )
  }

  async down() {
    this.schema.raw('DROP INDEX raffles_to_tell_index')
    this.schema.raw('ALTER TABLE raffles DROP COLUMN notified_at')
    this.schema.dropTable('raffle_watches')
    this.schema.dropTable('raffle_receipts')
  }
}
