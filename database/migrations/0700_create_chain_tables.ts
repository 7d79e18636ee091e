import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Custodial wallets, what is sent from them, and what the chain says happened. Addresses are kept twice: as people
 * write them (EIP-55) and in lower case (`*_key`), which everything is found by. Wei and prices of gas are decimal
 * text; amounts of USDT are minor units.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('chain_wallets', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      /** `customer` or `treasury`. */
      table.string('owner', 10).notNullable()
      table.bigInteger('customer_id').nullable().references('id').inTable('customers')
      table.string('address', 42).notNullable()
      table.string('address_key', 42).notNullable()
      /** The key that closes the private key, itself closed by the key wrapper. */
      table.text('data_key').notNullable()
      table.text('sealed_key').notNullable()
      /** Head of the chain when it was made: nothing of it can be in an older block. */
      table.bigInteger('created_block').notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['chain_id', 'address_key'])
      table.unique(['chain_id', 'customer_id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX chain_wallets_treasury_unique ON chain_wallets (chain_id) WHERE owner = 'treasury'`
    )
    /** The next nonce of each account we send from: whoever takes one holds this row's lock. */
    this.schema.createTable('chain_accounts', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('address_key', 42).notNullable()
      table.bigInteger('next_nonce').notNullable()
      table.unique(['chain_id', 'address_key'])
    })
    /** One thing wanted of the chain: an entry, a withdrawal, a draw. Its transactions follow one another. */
    this.schema.createTable('chain_operations', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.string('key', 160).notNullable().unique()
      table.bigInteger('chain_id').notNullable()
      table.string('kind', 20).notNullable()
      /** The wallet that acts; the treasury for a draw. */
      table.bigInteger('wallet_id').notNullable().references('id').inTable('chain_wallets')
      table.bigInteger('customer_id').nullable().references('id').inTable('customers')
      /** Minor units of USDT. */
      table.bigInteger('amount').nullable()
      table.string('to_key', 42).nullable()
      /** What asked for it: `raffle_entry`, `chain_withdrawal`, `raffle_draw`. */
      table.string('subject_type', 30).notNullable()
      table.bigInteger('subject_id').notNullable()
      table.string('status', 24).notNullable()
      /** Why it failed or waits for a person: a code, and the chain's own words. */
      table.string('reason', 40).nullable()
      table.string('detail', 300).nullable()
      table.integer('failures').notNullable().defaultTo(0)
      /** Grows with each step: whoever has seen an older one writes nothing. */
      table.integer('version').notNullable().defaultTo(0)
      table.bigInteger('next_step_at').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('finished_at').nullable()
      table.index(['subject_type', 'subject_id'])
      table.index(['customer_id', 'id'])
      table.index(['status', 'id'])
    })
    /** A wallet does one thing at a time, so that what it has is never promised twice. */
    this.schema.raw(
      'CREATE UNIQUE INDEX chain_operations_open_unique ON chain_operations (wallet_id) WHERE finished_at IS NULL'
    )
    this.schema.raw(
      'CREATE INDEX chain_operations_due_index ON chain_operations (next_step_at, id) WHERE finished_at IS NULL'
    )
    /** One nonce of one account: what was signed for it, whichever attempt is mined in the end. */
    this.schema.createTable('chain_txs', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('operation_id').nullable().references('id').inTable('chain_operations')
      /** Place in its operation: `topup`, `reset`, `approve`, `act`; again with a number: `topup:2`. */
      table.string('step', 20).notNullable()
      /** `gas_topup`, `approve`, `enter`, `draw`, `withdraw`, `noop`. */
      table.string('kind', 20).notNullable()
      table.bigInteger('wallet_id').notNullable().references('id').inTable('chain_wallets')
      table.string('from_key', 42).notNullable()
      table.string('to_key', 42).notNullable()
      table.bigInteger('nonce').notNullable()
      /** Wei. */
      table.string('value', 80).notNullable()
      table.text('data').notNullable()
      table.bigInteger('gas_limit').notNullable()
      /** Minor units of USDT that it moves or allows. */
      table.bigInteger('amount').nullable()
      table.string('status', 12).notNullable()
      /** Of the attempt that was mined; before that of the last one. */
      table.string('hash', 66).notNullable()
      table.bigInteger('block_number').nullable()
      table.string('block_hash', 66).nullable()
      table.bigInteger('gas_used').nullable()
      /** Wei per unit of gas, as it was charged. */
      table.string('gas_price', 80).nullable()
      table.string('error', 300).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('broadcast_at').nullable()
      table.bigInteger('mined_at').nullable()
      table.bigInteger('settled_at').nullable()
      table.unique(['chain_id', 'from_key', 'nonce'])
      table.unique(['operation_id', 'step'])
      table.index(['hash'])
      table.index(['kind', 'id'])
      table.index(['status', 'id'])
      table.index(['created_at', 'id'])
    })
    this.schema.raw('CREATE INDEX chain_txs_open_index ON chain_txs (id) WHERE settled_at IS NULL')
    this.schema.createTable('chain_tx_attempts', (table) => {
      table.bigIncrements('id')
      table.bigInteger('tx_id').notNullable().references('id').inTable('chain_txs')
      table.string('hash', 66).notNullable().unique()
      table.text('raw').notNullable()
      table.string('max_fee', 80).notNullable()
      table.string('max_priority_fee', 80).notNullable()
      table.integer('broadcasts').notNullable().defaultTo(0)
      table.string('error', 300).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('broadcast_at').nullable()
      table.index(['tx_id', 'id'])
    })
    /** How far the chain has been read. */
    this.schema.createTable('chain_cursors', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('stream', 60).notNullable()
      table.bigInteger('block_number').notNullable()
      /** Head of the chain when it was last read. */
      table.bigInteger('head').notNullable()
      /** Effects are applied up to here. */
      table.bigInteger('confirmed_block').notNullable()
      /** Why it stands still; null while it goes on. */
      table.string('stopped', 300).nullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['chain_id', 'stream'])
    })
    /** Blocks that may still be replaced. */
    this.schema.createTable('chain_blocks', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('number').notNullable()
      table.string('hash', 66).notNullable()
      table.string('parent_hash', 66).notNullable()
      /** The block's own time. */
      table.bigInteger('mined_at').notNullable()
      table.unique(['chain_id', 'number'])
    })
    this.schema.createTable('chain_events', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('block_number').notNullable()
      table.string('block_hash', 66).notNullable()
      table.integer('log_index').notNullable()
      table.string('tx_hash', 66).notNullable()
      /** Place among the logs we follow of its transaction: unlike the log index it survives a reorganisation. */
      table.integer('ordinal').notNullable()
      table.string('contract_key', 42).notNullable()
      /** `Transfer`, `RaffleEnter`, `RequestedRaffleWinner`, `WinnerPicked`. */
      table.string('name', 40).notNullable()
      table.string('from_key', 42).nullable()
      /** Receiver of a transfer, player or winner of a raffle. */
      table.string('to_key', 42).nullable()
      /** Minor units of USDT. */
      table.bigInteger('amount').nullable()
      /** The event's arguments, integers as decimal text. */
      table.json('args').notNullable()
      /** `seen`, `confirmed`, `orphaned`. */
      table.string('status', 10).notNullable()
      /** Why its effect could not be applied yet. */
      table.string('problem', 300).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('confirmed_at').nullable()
      table.unique(['chain_id', 'block_hash', 'log_index'])
      table.index(['chain_id', 'status', 'block_number', 'log_index'])
      table.index(['tx_hash'])
      table.index(['to_key', 'id'])
      table.index(['from_key', 'id'])
    })
    /** Effects that happened: one for each event, whichever block it ended up in. */
    this.schema.createTable('chain_effects', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('tx_hash', 66).notNullable()
      table.integer('ordinal').notNullable()
      table.bigInteger('event_id').notNullable().references('id').inTable('chain_events')
      table.bigInteger('created_at').notNullable()
      table.unique(['chain_id', 'tx_hash', 'ordinal'])
    })
    this.schema.createTable('chain_withdrawals', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.string('key', 160).notNullable().unique()
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.bigInteger('wallet_id').notNullable().references('id').inTable('chain_wallets')
      table.string('to_address', 42).notNullable()
      table.bigInteger('amount').notNullable()
      table.string('status', 20).notNullable()
      table.string('reason', 40).nullable()
      table.bigInteger('approval_id').nullable()
      table.bigInteger('operation_id').nullable().unique().references('id').inTable('chain_operations')
      /** A message of the bot that shows it and is edited as it goes on. */
      table.bigInteger('message_id').nullable()
      table.string('tx_hash', 66).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('finished_at').nullable()
      table.index(['customer_id', 'created_at'])
      table.index(['status', 'id'])
    })
    this.schema.createTable('chain_reconciliations', (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('block_number').notNullable()
      table.integer('wallets').notNullable()
      table.integer('differences').notNullable()
      /** What differs, line by line. */
      table.json('lines').notNullable()
      table.bigInteger('started_at').notNullable()
      table.bigInteger('finished_at').notNullable()
    })
  }

  async down() {
    for (const table of [
      'chain_reconciliations',
      'chain_withdrawals',
      'chain_effects',
      'chain_events',
      'chain_blocks',
      'chain_cursors',
      'chain_tx_attempts',
      'chain_txs',
      'chain_operations',
      'chain_accounts',
      'chain_wallets',
    ]) {
      this.schema.dropTable(table)
    }
  }
}
