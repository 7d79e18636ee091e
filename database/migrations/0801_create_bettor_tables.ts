import { BaseSchema } from '@adonisjs/lucid/schema'

/** What customers' bets add up to: statistics, missions, the leaderboard. PRED in minor units. */
export default class extends BaseSchema {
  async up() {
    /** One row a customer who bets or is active. Locked after the market and before accounts. */
    this.schema.createTable('bettors', (table) => {
      table.bigInteger('customer_id').primary().references('id').inTable('customers')
      table.integer('bets').notNullable().defaultTo(0)
      table.integer('open_bets').notNullable().defaultTo(0)
      /** Of all bets, whatever came of them. */
      table.bigInteger('staked').notNullable().defaultTo(0)
      /** Of bets won or lost: staked, and what came back. */
      table.bigInteger('volume').notNullable().defaultTo(0)
      table.bigInteger('returned').notNullable().defaultTo(0)
      table.integer('wins').notNullable().defaultTo(0)
      table.integer('losses').notNullable().defaultTo(0)
      table.integer('refunds').notNullable().defaultTo(0)
      table.integer('streak').notNullable().defaultTo(0)
      table.integer('best_streak').notNullable().defaultTo(0)
      table.string('rank', 12).notNullable().defaultTo('bronze')
      /** What the house loses to them at worst by their open bets. */
      table.bigInteger('exposure').notNullable().defaultTo(0)
      /** Days with activity: of all time, and in a row up to `last_active_day`, which counts days of UTC since 1970. */
      table.integer('active_days').notNullable().defaultTo(0)
      table.integer('day_streak').notNullable().defaultTo(0)
      table.integer('last_active_day').nullable()
      table.bigInteger('first_bet_at').nullable()
      table.bigInteger('last_bet_at').nullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['rank', 'customer_id'])
    })
    this.schema.createTable('missions', (table) => {
      table.bigIncrements('id')
      table.string('code', 40).notNullable().unique()
      /** What is counted, and its parameters: `bets_in_category`, `{"category": "crypto"}`. */
      table.string('condition', 30).notNullable()
      table.json('parameters').notNullable()
      table.bigInteger('target').notNullable()
      table.bigInteger('reward').notNullable()
      table.string('emoji', 16).notNullable()
      /** By language: `{"en": "First bet"}`. */
      table.json('titles').notNullable()
      table.json('descriptions').notNullable()
      table.boolean('is_active').notNullable().defaultTo(true)
      table.integer('position').notNullable()
      table.integer('revision').notNullable().defaultTo(1)
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
    this.schema.createTable('mission_progress', (table) => {
      table.bigIncrements('id')
      table.bigInteger('mission_id').notNullable().references('id').inTable('missions')
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.bigInteger('progress').notNullable()
      table.bigInteger('completed_at').nullable()
      table.bigInteger('claimed_at').nullable()
      /** What it asked for and what it pays, fixed when it is completed: a mission may be edited later. */
      table.bigInteger('target').nullable()
      table.json('parameters').nullable()
      table.bigInteger('reward').nullable()
      /** Idempotency key of the claim, and the transfer that paid it. */
      table.string('claim_key', 160).nullable().unique()
      table.bigInteger('transfer_id').nullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['customer_id', 'mission_id'])
      /** All that the panel adds up: progress itself changes with every bet and stays out. */
      table.index(['mission_id', 'completed_at', 'claimed_at', 'reward'])
    })
    /** Of bets won or lost in a period: `all`, a month `2026-11`, a week `2026-W47`. */
    this.schema.createTable('leaderboard_scores', (table) => {
      table.bigIncrements('id')
      table.string('period', 8).notNullable()
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.bigInteger('profit').notNullable().defaultTo(0)
      table.integer('wins').notNullable().defaultTo(0)
      table.bigInteger('volume').notNullable().defaultTo(0)
      table.unique(['customer_id', 'period'])
    })
    for (const metric of ['profit', 'wins', 'volume'])
      this.schema.raw(
        `CREATE INDEX leaderboard_scores_${metric}_index ON leaderboard_scores (period, ${metric} DESC, customer_id)`
      )
    this.schema.createTable('leaderboard_snapshots', (table) => {
      table.bigIncrements('id')
      table.string('period', 8).notNullable()
      table.string('metric', 10).notNullable()
      table.integer('places').notNullable()
      table.bigInteger('reward').notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['period'])
    })
    this.schema.createTable('leaderboard_places', (table) => {
      table.bigIncrements('id')
      table.bigInteger('snapshot_id').notNullable().references('id').inTable('leaderboard_snapshots')
      table.integer('place').notNullable()
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      /** As they stood; PRED in minor units, wins as a number. */
      table.bigInteger('profit').notNullable()
      table.integer('wins').notNullable()
      table.bigInteger('volume').notNullable()
      table.bigInteger('reward').notNullable()
      table.bigInteger('transfer_id').nullable()
      table.unique(['snapshot_id', 'place'])
      table.unique(['snapshot_id', 'customer_id'])
      table.index(['customer_id', 'id'])
    })
  }

  async down() {
    for (const table of [
      'leaderboard_places',
      'leaderboard_snapshots',
      'leaderboard_scores',
      'mission_progress',
      'missions',
      'bettors',
    ])
      this.schema.dropTable(table)
  }
}
