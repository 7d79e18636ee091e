import { BaseSchema } from '@adonisjs/lucid/schema'

/** The outbox page lists a broadcast's rows newest first; without it SQLite sorts the whole broadcast. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      'CREATE INDEX notifications_of_broadcast_index ON notifications (broadcast_id, id) WHERE broadcast_id IS NOT NULL'
    )
  }

  async down() {
    this.schema.raw('DROP INDEX notifications_of_broadcast_index')
  }
}
