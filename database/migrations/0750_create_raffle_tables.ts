import { BaseSchema } from '@adonisjs/lucid/schema'

/** Rounds of the raffle's contract, as its confirmed events tell them; who of ours wanted in; who asked for draws. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('raffles', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.bigInteger('chain_id').notNullable()
      table.string('contract_key', 42).notNullable()
      /** Counted here, from 1: a contract need not number its rounds. */
      table.integer('round').notNullable()
      /** `open`, `drawing`, `finished`. */
      table.string('status', 10).notNullable()
      /** Minor units of USDT: of an entry, of all confirmed entries, of what was won. */
      table.bigInteger('entrance_fee').notNullable()
      table.bigInteger('pool').notNullable().defaultTo(0)
      table.bigInteger('prize').nullable()
      table.integer('participants').notNullable().defaultTo(0)
      table.bigInteger('opened_block').notNullable()
      table.bigInteger('opened_at').notNullable()
      /** Asked for randomness. */
      table.string('request_id', 80).nullable()
      table.string('request_tx', 66).nullable()
      table.bigInteger('requested_block').nullable()
      table.bigInteger('requested_at').nullable()
      /** The winner's transaction. */
      table.bigInteger('closed_block').nullable()
      table.string('closed_tx', 66).nullable()
      table.string('winner_key', 42).nullable()
      table.bigInteger('winner_customer_id').nullable().references('id').inTable('customers')
      table.bigInteger('finished_at').nullable()
      table.unique(['chain_id', 'contract_key', 'round'])
      table.index(['winner_customer_id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX raffles_current_unique ON raffles (chain_id, contract_key) WHERE status <> 'finished'`
    )
    /** A customer's wish to be in. */
    this.schema.createTable('raffle_entries', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.string('key', 160).notNullable().unique()
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.bigInteger('wallet_id').notNullable().references('id').inTable('chain_wallets')
      /** The round that it ended up in, known once its event is seen. */
      table.bigInteger('raffle_id').nullable().references('id').inTable('raffles')
      table.bigInteger('operation_id').nullable().unique().references('id').inTable('chain_operations')
      table.bigInteger('fee').notNullable()
      /** `bot`, `api`, `panel`. */
      table.string('source', 10).notNullable()
      /** `pending`, `seen`, `confirmed`, `failed`. */
      table.string('status', 12).notNullable()
      table.string('reason', 40).nullable()
      table.string('tx_hash', 66).nullable()
      table.bigInteger('block_number').nullable()
      /** A message of the bot that shows it and is edited as it goes on. */
      table.bigInteger('message_id').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('confirmed_at').nullable()
      table.bigInteger('failed_at').nullable()
      table.index(['customer_id', 'id'])
      table.index(['raffle_id', 'id'])
      table.index(['status', 'id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX raffle_entries_open_unique ON raffle_entries (customer_id) WHERE status IN ('pending', 'seen')`
    )
    /** Who is in, as the contract's events say: our customers and anybody else. */
    this.schema.createTable('raffle_players', (table) => {
      table.bigIncrements('id')
      table.bigInteger('raffle_id').notNullable().references('id').inTable('raffles')
      table.bigInteger('event_id').notNullable().unique().references('id').inTable('chain_events')
      table.string('player_key', 42).notNullable()
      table.bigInteger('customer_id').nullable().references('id').inTable('customers')
      table.bigInteger('entry_id').nullable().references('id').inTable('raffle_entries')
      table.bigInteger('fee').notNullable()
      table.string('tx_hash', 66).notNullable()
      table.bigInteger('block_number').notNullable()
      /** `seen`, `confirmed`, `orphaned`. */
      table.string('status', 10).notNullable()
      table.bigInteger('created_at').notNullable()
      table.index(['raffle_id', 'status', 'id'])
      table.index(['customer_id', 'id'])
    })
    /** Who asked for a draw, and what became of it. */
    this.schema.createTable('raffle_draws', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.bigInteger('raffle_id').notNullable().references('id').inTable('raffles')
      table.bigInteger('operation_id').nullable().unique().references('id').inTable('chain_operations')
      /** `admin`, `api`, `schedule`, `upkeep`. */
      table.string('cause', 10).notNullable()
      table.bigInteger('requested_by').nullable()
      table.string('requested_by_name', 120).notNullable()
      /** `sending`, `requested`, `done`, `failed`. */
      table.string('status', 12).notNullable()
      table.string('reason', 40).nullable()
      table.string('tx_hash', 66).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('finished_at').nullable()
      table.index(['raffle_id', 'id'])
    })
    this.schema.raw(
      'CREATE UNIQUE INDEX raffle_draws_open_unique ON raffle_draws (raffle_id) WHERE finished_at IS NULL'
    )
    /** Moments at which the open round is to be drawn. */
    this.schema.createTable('raffle_schedules', (table) => {
      table.bigIncrements('id')
      table.bigInteger('scheduled_at').notNullable()
      /** `waiting`, `done`, `skipped`, `cancelled`. */
      table.string('status', 12).notNullable()
      /** Why it was skipped. */
      table.string('reason', 40).nullable()
      table.bigInteger('draw_id').nullable().references('id').inTable('raffle_draws')
      table.bigInteger('created_by').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('finished_at').nullable()
      table.index(['status', 'scheduled_at'])
    })
  }

  async down() {
    for (const table of ['raffle_schedules', 'raffle_draws', 'raffle_players', 'raffle_entries', 'raffles'])
      this.schema.dropTable(table)
  }
}
