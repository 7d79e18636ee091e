import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the outbox page filters by, each as small as what it finds: sent rows are in none of them. */
const INDEXES = {
  notifications_waiting_index: `(id) WHERE status IN ('PENDING', 'PROCESSING', 'FAILED')`,
  notifications_ended_index: `(status, id) WHERE status IN ('PERMANENT_FAILURE', 'UNKNOWN', 'CANCELLED')`,
  notifications_type_index: `(type, id) WHERE broadcast_id IS NULL`,
  notifications_chat_index: `(chat_id, id) WHERE customer_id IS NULL`,
  notifications_sent_index: `(sent_at) WHERE sent_at IS NOT NULL`,
}

export default class extends BaseSchema {
  async up() {
    for (const [name, definition] of Object.entries(INDEXES)) {
      this.schema.raw(`CREATE INDEX ${name} ON notifications ${definition}`)
    }
  }

  async down() {
    for (const name of Object.keys(INDEXES)) this.schema.raw(`DROP INDEX ${name}`)
  }
}
