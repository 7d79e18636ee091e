import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE INDEX invoices_paid ON invoices (paid_at) WHERE paid_at IS NOT NULL')
  }

  async down() {
    this.schema.raw('DROP INDEX invoices_paid')
  }
}
