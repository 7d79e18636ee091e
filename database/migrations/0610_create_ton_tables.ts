import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('ton_wallets', (table) => {
      table.bigIncrements('id')
      /** What it is for: `fragment`. */
      table.string('name', 30).notNullable()
      table.string('address', 70).notNullable()
      table.string('public_key', 64).notNullable()
      table.text('mnemonic_encrypted').notNullable()
      table.bigInteger('created_by').nullable()
      table.bigInteger('created_at').notNullable()
      /** A wallet that was replaced: its transfers are still watched. */
      table.bigInteger('retired_at').nullable()
    })
    this.schema.raw('CREATE UNIQUE INDEX ton_wallets_name_unique ON ton_wallets (name) WHERE retired_at IS NULL')
    this.schema.createTable('ton_transfers', (table) => {
      table.bigIncrements('id')
      table.bigInteger('wallet_id').notNullable().references('id').inTable('ton_wallets')
      /** What it pays: `stars.fulfilment:12`. */
      table.string('purpose', 80).notNullable()
      /** Grows with each signature for the same purpose. */
      table.integer('attempt').notNullable()
      table.string('destination', 70).notNullable()
      table.bigInteger('amount').notNullable()
      /** Base64 of a bag of cells. */
      table.text('payload').nullable()
      table.bigInteger('seqno').notNullable()
      table.bigInteger('valid_until').notNullable()
      table.text('boc').notNullable()
      /** Hash of the external message in its normal form: what a transaction is found by. */
      table.string('message_hash', 64).notNullable()
      table.string('status', 20).notNullable()
      table.integer('broadcasts').notNullable()
      table.string('transaction_hash', 64).nullable()
      table.string('error', 300).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('broadcast_at').nullable()
      table.bigInteger('settled_at').nullable()
      table.unique(['purpose', 'attempt'])
      table.index(['wallet_id', 'created_at'])
    })
    /** One sender: a wallet has one message in flight at most. */
    this.schema.raw(
      `CREATE UNIQUE INDEX ton_transfers_open_unique ON ton_transfers (wallet_id) WHERE settled_at IS NULL`
    )
    this.schema.createTable('fragment_sessions', (table) => {
      table.bigIncrements('id')
      table.text('cookies_encrypted').notNullable()
      table.bigInteger('created_by').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('checked_at').nullable()
      /** When Fragment no longer took it. */
      table.bigInteger('expired_at').nullable()
    })
  }

  async down() {
    this.schema.dropTable('fragment_sessions')
    this.schema.dropTable('ton_transfers')
    this.schema.dropTable('ton_wallets')
  }
}
