import { BaseSchema } from '@adonisjs/lucid/schema'

/** Events that could not take effect are few, and asked for often. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE INDEX chain_events_problem_index ON chain_events (chain_id, id) WHERE problem IS NOT NULL')
  }

  async down() {
    this.schema.raw('DROP INDEX chain_events_problem_index')
  }
}
