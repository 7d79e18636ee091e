import db from '@adonisjs/lucid/services/db'

/** As if the chain had never been read. */
export default async function forget() {
  for (const table of ['chain_effects', 'chain_events', 'chain_blocks', 'chain_cursors']) {
    await db.rawQuery('DELETE FROM ' + table)
  }
}
