import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      'CREATE INDEX customers_anonymised ON customers (anonymised_at) WHERE customers.anonymised_at IS NOT NULL'
    )
  }

  async down() {
    this.schema.raw('DROP INDEX customers_anonymised')
  }
}
