import { BaseSchema } from '@adonisjs/lucid/schema'
import { firstMissionRows } from '#database/first_missions'

/** The missions to begin with; an admin changes them. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (db) => {
      if (await db.from('missions').select('id').first()) return
      for (const row of firstMissionRows(Date.now())) await db.table('missions').insert(row)
    })
  }

  /** They go with their table. */
  async down() {}
}
