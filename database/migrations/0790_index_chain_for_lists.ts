import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the panel finds on the chain: wallets by the beginning of their address, transactions by either side. */
export default class extends BaseSchema {
  async up() {
    const operators = this.db.dialect.name === 'postgres' ? ' text_pattern_ops' : ''
    this.schema.raw(`CREATE INDEX chain_wallets_address_search ON chain_wallets (address_key${operators})`)
    this.schema.raw('CREATE INDEX chain_txs_sender_index ON chain_txs (from_key, id)')
    this.schema.raw('CREATE INDEX chain_txs_receiver_index ON chain_txs (to_key, id)')
  }

  async down() {
    for (const index of ['chain_wallets_address_search', 'chain_txs_sender_index', 'chain_txs_receiver_index']) {
      this.schema.raw(`DROP INDEX ${index}`)
    }
  }
}
