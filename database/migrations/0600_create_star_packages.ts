import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('star_packages', (table) => {
      table.bigIncrements('id')
      table.integer('stars').notNullable()
      table.integer('bonus').notNullable()
      table.integer('position').notNullable()
      table.boolean('is_active').notNullable()
      /** Offered from and until these moments; null for no limit. */
      table.bigInteger('available_from').nullable()
      table.bigInteger('available_until').nullable()
      /** Grows with each save: a stale form is refused. */
      table.integer('revision').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('archived_at').nullable()
    })
    this.schema.createTable('star_package_prices', (table) => {
      table.bigIncrements('id')
      table.bigInteger('package_id').notNullable().references('id').inTable('star_packages')
      table.string('currency', 8).notNullable()
      /** Minor units; null: from then on the price in this currency follows the one in TON. */
      table.bigInteger('price').nullable()
      table.bigInteger('valid_from').notNullable()
      table.bigInteger('created_by').nullable()
      table.bigInteger('created_at').notNullable()
      table.index(['package_id', 'currency', 'valid_from', 'id'])
    })
    this.defer(async (db) => {
      if (db.dialect.name === 'postgres') {
        await db.rawQuery(`CREATE TRIGGER star_package_prices_append_only BEFORE UPDATE OR DELETE ON star_package_prices
          FOR EACH ROW EXECUTE FUNCTION refuse_change()`)
        return
      }
      for (const operation of ['UPDATE', 'DELETE']) {
        await db.rawQuery(`CREATE TRIGGER star_package_prices_no_${operation.toLowerCase()}
          BEFORE ${operation} ON star_package_prices
          BEGIN SELECT RAISE(ABORT, 'star_package_prices is append-only'); END`)
      }
    })
  }

  /** The triggers go with their table. */
  async down() {
    this.schema.dropTable('star_package_prices')
    this.schema.dropTable('star_packages')
  }
}
