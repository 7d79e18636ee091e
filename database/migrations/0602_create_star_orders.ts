import { BaseSchema } from '@adonisjs/lucid/schema'

const APPEND_ONLY = 'star_order_events'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('star_orders', (table) => {
      table.bigIncrements('id')
      table.string('reference', 10).notNullable().unique()
      /** Idempotency key of the purchase: a second click finds the first order. */
      table.string('key', 120).notNullable().unique()
      table.bigInteger('customer_id').notNullable().references('id').inTable('customers')
      table.bigInteger('package_id').nullable().references('id').inTable('star_packages')
      table.integer('stars').notNullable()
      table.integer('bonus').notNullable()
      table.string('recipient_kind', 10).notNullable()
      /** Without @; null for a customer who has none. */
      table.string('recipient_username', 32).nullable()
      table.string('pay_with', 10).notNullable()
      table.string('currency', 8).notNullable()
      /** Minor units; what the order was made at. */
      table.bigInteger('price').notNullable()
      table.string('status', 20).notNullable()
      /** Who delivers it; set when the delivery begins. */
      table.string('provider', 20).nullable()
      table.bigInteger('invoice_id').nullable().unique()
      /** Transfers of the ledger that took the money and gave it back. */
      table.bigInteger('payment_transfer_id').nullable()
      table.bigInteger('refund_transfer_id').nullable()
      /** Why a person must look at it; null when nobody must. */
      table.string('attention', 40).nullable()
      table.bigInteger('attention_at').nullable()
      /** Why it failed or was cancelled. */
      table.string('reason', 40).nullable()
      /** A message of the bot that shows the order and is edited as it goes on. */
      table.bigInteger('message_id').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('paid_at').nullable()
      table.bigInteger('fulfilling_at').nullable()
      table.bigInteger('fulfilled_at').nullable()
      table.bigInteger('failed_at').nullable()
      table.bigInteger('refunded_at').nullable()
      table.bigInteger('cancelled_at').nullable()
      table.index(['customer_id', 'id'])
      table.index(['status', 'id'])
      table.index(['created_at', 'id'])
      table.index(['paid_at', 'currency'])
    })
    this.schema.raw(
      'CREATE INDEX star_orders_attention_index ON star_orders (attention_at, id) WHERE attention IS NOT NULL'
    )
    this.schema.createTable('star_order_events', (table) => {
      table.bigIncrements('id')
      table.bigInteger('order_id').notNullable().references('id').inTable('star_orders')
      table.string('event', 30).notNullable()
      table.string('status', 20).notNullable()
      table.string('note', 500).nullable()
      table.string('actor_type', 10).notNullable()
      table.bigInteger('actor_id').nullable()
      table.string('actor_name', 120).notNullable()
      table.bigInteger('created_at').notNullable()
      table.index(['order_id', 'id'])
    })
    this.schema.createTable('star_fulfilments', (table) => {
      table.bigIncrements('id')
      table.bigInteger('order_id').notNullable().references('id').inTable('star_orders')
      table.integer('attempt').notNullable()
      table.string('provider', 20).notNullable()
      table.string('state', 20).notNullable()
      /** What the provider has learned so far; each step is written before the next begins. */
      table.json('progress').notNullable()
      /** When the next step may be tried. */
      table.bigInteger('next_step_at').notNullable()
      /** Tries of the present step that failed in a row. */
      table.integer('failures').notNullable()
      table.string('error', 300).nullable()
      /** Grows with each step: whoever has seen an older one writes nothing. */
      table.integer('version').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('finished_at').nullable()
      table.unique(['order_id', 'attempt'])
    })
    this.schema.raw(
      'CREATE UNIQUE INDEX star_fulfilments_open_unique ON star_fulfilments (order_id) WHERE finished_at IS NULL'
    )
    this.schema.raw(
      'CREATE INDEX star_fulfilments_due_index ON star_fulfilments (next_step_at, id) WHERE finished_at IS NULL'
    )
    this.defer(async (db) => {
      if (db.dialect.name === 'postgres') {
        await db.rawQuery(`CREATE TRIGGER ${APPEND_ONLY}_append_only BEFORE UPDATE OR DELETE ON ${APPEND_ONLY}
          FOR EACH ROW EXECUTE FUNCTION refuse_change()`)
        return
      }
      for (const operation of ['UPDATE', 'DELETE']) {
        await db.rawQuery(`CREATE TRIGGER ${APPEND_ONLY}_no_${operation.toLowerCase()} BEFORE ${operation} ON ${APPEND_ONLY}
          BEGIN SELECT RAISE(ABORT, '${APPEND_ONLY} is append-only'); END`)
      }
    })
  }

  /** The triggers go with their table. */
  async down() {
    this.schema.dropTable('star_fulfilments')
    this.schema.dropTable('star_order_events')
    this.schema.dropTable('star_orders')
  }
}
