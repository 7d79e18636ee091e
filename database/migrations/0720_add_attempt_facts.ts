import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('chain_tx_attempts', (table) => {
      /** Head of the chain when it was signed: so many blocks later it is stuck. */
      table.bigInteger('head').notNullable().defaultTo(0)
      /** Does nothing with the nonce, so that what was to be done with it can't happen any more. */
      table.boolean('is_noop').notNullable().defaultTo(false)
    })
    this.schema.alterTable('chain_txs', (table) => {
      /** It is in a block and failed there, or did nothing: what it was for has not happened. */
      table.boolean('has_failed').notNullable().defaultTo(false)
    })
  }

  /** Statements of their own: knex would make the tables anew on SQLite, which others refer to. */
  async down() {
    for (const [table, column] of [
      ['chain_txs', 'has_failed'],
      ['chain_tx_attempts', 'is_noop'],
      ['chain_tx_attempts', 'head'],
    ]) {
      this.schema.raw(`ALTER TABLE ${table} DROP COLUMN ${column}`)
    }
  }
}
