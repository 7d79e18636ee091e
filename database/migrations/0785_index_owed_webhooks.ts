import { BaseSchema } from '@adonisjs/lucid/schema'

/** The oldest event that a webhook is owed, among all that it was told. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      'CREATE INDEX webhook_deliveries_owed_index ON webhook_deliveries (api_key_id, id) WHERE next_attempt_at IS NOT NULL'
    )
  }

  async down() {
    this.schema.raw('DROP INDEX webhook_deliveries_owed_index')
  }
}
