import { BaseSchema } from '@adonisjs/lucid/schema'

/** The few that are banned, unreachable or anonymised are counted and listed without reading the others. */
const FEW = {
  customers_banned_index: '(id) WHERE banned_at IS NOT NULL',
  customers_unreachable_index: '(id) WHERE unreachable_at IS NOT NULL',
  customers_anonymised_index: '(id) WHERE anonymised_at IS NOT NULL',
}

/** PostgreSQL searches a prefix by bytes only; SQLite's plain indexes do. */
const PREFIXES = {
  customers_search_username_prefix: '(search_username text_pattern_ops)',
  customers_search_name_prefix: '(search_name text_pattern_ops)',
}

export default class extends BaseSchema {
  #indexes() {
    return this.db.dialect.name === 'postgres' ? { ...FEW, ...PREFIXES } : FEW
  }

  async up() {
    for (const [name, definition] of Object.entries(this.#indexes())) {
      this.schema.raw(`CREATE INDEX ${name} ON customers ${definition}`)
    }
  }

  async down() {
    for (const name of Object.keys(this.#indexes())) this.schema.raw(`DROP INDEX ${name}`)
  }
}
