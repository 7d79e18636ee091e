import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the sender looks for, and no more: a million waiting rows must not slow down the claim of four. */
const INDEXES = {
  notifications_due_index: `(priority, scheduled_at, id)
    WHERE broadcast_id IS NULL AND status IN ('PENDING', 'FAILED')`,
  notifications_broadcast_due_index: `(broadcast_id, scheduled_at, id)
    WHERE broadcast_id IS NOT NULL AND status IN ('PENDING', 'FAILED')`,
  notifications_processing_index: `(claimed_by) WHERE status = 'PROCESSING'`,
  notifications_groups_index: `(chat_id, attempted_at) WHERE chat_id < 0`,
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
