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
      /** It is in a block, and failed there. */
      table.boolean('has_failed').notNullable().defaultTo(false)
    })
  }

  async down() {
    this.schema.alterTable('chain_txs', (table) => {
      table.dropColumn('has_failed')
    })
    this.schema.alterTable('chain_tx_attempts', (table) => {
      table.dropColumns('head', 'is_noop')
    })
  }
}
