import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('broadcasts', (table) => {
      /** What kept it from going on, when it was paused for that; null when an admin paused it. */
      table.string('pause_reason', 300).nullable()
    })
  }

  async down() {
    this.schema.alterTable('broadcasts', (table) => {
      table.dropColumn('pause_reason')
    })
  }
}
