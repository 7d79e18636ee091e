import { BaseSchema } from '@adonisjs/lucid/schema'

/** Prediction markets, the bets on them, and how they were settled. PRED in minor units, odds in hundredths. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('market_categories', (table) => {
      table.bigIncrements('id')
      table.string('slug', 40).notNullable().unique()
      table.string('emoji', 16).notNullable()
      /** By language: `{"en": "Crypto"}`. */
      table.json('names').notNullable()
      table.integer('position').notNullable()
      table.bigInteger('archived_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
    this.schema.createTable('markets', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.bigInteger('category_id').notNullable().references('id').inTable('market_categories')
      table.string('title', 200).notNullable()
      table.text('description').notNullable()
      /** Lower case, for prefix search. */
      table.string('search_title', 200).notNullable()
      /** Key of an upload. */
      table.string('image_key', 200).nullable()
      /** `draft`, `active`, `closed`, `resolved`, `cancelled`. */
      table.string('status', 12).notNullable()
      /** `YES` or `NO`, once resolved. */
      table.string('result', 3).nullable()
      /** `fixed_odds`, `parimutuel`. */
      table.string('pricing', 20).notNullable()
      table.boolean('is_promoted').notNullable().defaultTo(false)
      table.bigInteger('ends_at').notNullable()
      /** Stakes on each outcome, and what they would be paid out, stakes included; 0 where the pool pays. */
      table.bigInteger('yes_pool').notNullable().defaultTo(0)
      table.bigInteger('no_pool').notNullable().defaultTo(0)
      table.bigInteger('yes_potential').notNullable().defaultTo(0)
      table.bigInteger('no_potential').notNullable().defaultTo(0)
      /** The bought parts of all those. */
      table.bigInteger('yes_bought').notNullable().defaultTo(0)
      table.bigInteger('no_bought').notNullable().defaultTo(0)
      table.bigInteger('yes_bought_potential').notNullable().defaultTo(0)
      table.bigInteger('no_bought_potential').notNullable().defaultTo(0)
      table.integer('yes_bets').notNullable().defaultTo(0)
      table.integer('no_bets').notNullable().defaultTo(0)
      table.integer('bettors').notNullable().defaultTo(0)
      /** What the house loses at worst: this market's part of `house_exposure.used` until it is settled. */
      table.bigInteger('exposure').notNullable().defaultTo(0)
      /** Of this market; null: as the settings say. */
      table.bigInteger('max_stake').nullable()
      table.bigInteger('exposure_limit').nullable()
      /** Of a parimutuel pool, in hundredths of a per cent. */
      table.integer('fee_points').nullable()
      /** Grows with each change by an admin: an editor that shows an older one saves nothing. */
      table.integer('revision').notNullable().defaultTo(1)
      table.bigInteger('created_by').nullable()
      table.string('created_by_name', 120).notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('published_at').nullable()
      table.bigInteger('closed_at').nullable()
      table.bigInteger('resolved_at').nullable()
      table.bigInteger('cancelled_at').nullable()
      /** When the last bet was settled; null again while a settlement is undone. */
      table.bigInteger('settled_at').nullable()
      table.index(['status', 'ends_at', 'id'])
      table.index(['category_id', 'status', 'ends_at'])
      table.index(['created_at', 'id'])
    })
    const operators = this.db.dialect.name === 'postgres' ? ' text_pattern_ops' : ''
    this.schema.raw(`CREATE INDEX markets_title_search ON markets (search_title${operators}, id)`)
    /** A customer's side of a market: one, whatever number of bets. */
    this.schema.createTable('market_positions', (table) => {
      table.bigIncrements('id')
      table.bigInteger('market_id').notNullable().references('id').inTable('markets')
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.string('outcome', 3).notNullable()
      table.integer('bets').notNullable()
      table.bigInteger('stake').notNullable()
      table.bigInteger('potential').notNullable()
      table.unique(['market_id', 'customer_id'])
      table.index(['customer_id', 'id'])
    })
    this.schema.createTable('market_settlements', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      table.bigInteger('market_id').notNullable().references('id').inTable('markets')
      /** `resolve`, `cancel`, `reverse`. */
      table.string('kind', 10).notNullable()
      table.string('result', 3).nullable()
      /** The settlement that a reversal undoes. */
      table.bigInteger('reverses_id').nullable().references('id').inTable('market_settlements')
      /** `waiting` for a second admin, `running`, `done`, `withdrawn`. */
      table.string('status', 12).notNullable()
      /** The market's status before: a request that nobody approves leaves it so. */
      table.string('status_before', 12).notNullable()
      table.string('evidence_url', 500).nullable()
      table.string('note', 1000).nullable()
      /** Resolved before the end date, which was confirmed. */
      table.boolean('is_early').notNullable().defaultTo(false)
      /** What is to be done, as the preview said when it was confirmed. */
      table.integer('bets').notNullable()
      table.integer('winners').notNullable()
      table.bigInteger('staked').notNullable()
      table.bigInteger('payout').notNullable()
      table.bigInteger('fee').notNullable().defaultTo(0)
      /** What winners share of the pool; null where they have odds of their own. */
      table.bigInteger('shared').nullable()
      /** What has been done: bets up to that customer and bet, in this order. */
      table.bigInteger('cursor_customer_id').notNullable().defaultTo(0)
      table.bigInteger('cursor_bet_id').notNullable().defaultTo(0)
      table.integer('done_bets').notNullable().defaultTo(0)
      table.bigInteger('done_payout').notNullable().defaultTo(0)
      /** What customers owe after a reversal, because they had spent it. */
      table.bigInteger('owed').notNullable().defaultTo(0)
      table.bigInteger('approval_id').nullable()
      table.bigInteger('requested_by').nullable()
      table.string('requested_by_name', 120).notNullable()
      table.bigInteger('approved_by').nullable()
      table.string('approved_by_name', 120).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('started_at').nullable()
      /** When the last batch was done. */
      table.bigInteger('progressed_at').nullable()
      table.bigInteger('finished_at').nullable()
      table.bigInteger('reversed_at').nullable()
      table.index(['market_id', 'id'])
      table.index(['status', 'id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX market_settlements_open_unique ON market_settlements (market_id)
       WHERE status IN ('waiting', 'running')`
    )
    this.schema.createTable('bets', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      /** Idempotency key: a second press finds the first bet. */
      table.string('key', 160).notNullable().unique()
      table.bigInteger('market_id').notNullable().references('id').inTable('markets')
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.string('outcome', 3).notNullable()
      /** `open`, `won`, `lost`, `refunded`. */
      table.string('status', 10).notNullable()
      table.bigInteger('stake').notNullable()
      /** The stake's parts: points given for nothing and points that were bought. */
      table.bigInteger('granted').notNullable()
      table.bigInteger('bought').notNullable()
      /** Locked when it was taken, in hundredths; null where the pool pays. */
      table.integer('odds').nullable()
      table.bigInteger('potential').notNullable()
      /** Once settled: what came back, stake included. */
      table.bigInteger('payout').nullable()
      /** The pools after it: the market's odds through time. */
      table.bigInteger('yes_pool').notNullable()
      table.bigInteger('no_pool').notNullable()
      /** `bot`, `miniapp`. */
      table.string('source', 10).notNullable()
      table.bigInteger('stake_transfer_id').notNullable()
      table.bigInteger('settlement_id').nullable().references('id').inTable('market_settlements')
      table.bigInteger('settlement_transfer_id').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('settled_at').nullable()
      table.index(['market_id', 'customer_id', 'id'])
      table.index(['market_id', 'id'])
      table.index(['customer_id', 'id'])
      table.index(['customer_id', 'settled_at', 'id'])
      table.index(['created_at', 'id'])
    })
    this.schema.createTable('house_exposure', (table) => {
      table.bigIncrements('id')
      /** The sum of `markets.exposure`. Locked last. */
      table.bigInteger('used').notNullable()
    })
    this.defer(async (db) => {
      await db.table('house_exposure').insert({ id: 1, used: 0 })
    })
  }

  async down() {
    for (const table of [
      'house_exposure',
      'bets',
      'market_settlements',
      'market_positions',
      'markets',
      'market_categories',
    ])
      this.schema.dropTable(table)
  }
}
