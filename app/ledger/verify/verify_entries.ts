import { setImmediate as breathe } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { Offence } from '#ledger/verify/offence'

/** Ids of one statement: SQLite answers nobody else meanwhile. */
const WINDOW = 5000

/** No entry is without its transfer. */
export async function* verifyEntries(signal?: AbortSignal): AsyncGenerator<Offence> {
  const last = await db.from('ledger_entries').max('id as id').first()
  for (let after = 0; after < (last?.id ?? 0) && !signal?.aborted; after += WINDOW) {
    const orphans = await db
      .from('ledger_entries')
      .leftJoin('ledger_transfers', 'ledger_transfers.id', 'ledger_entries.transfer_id')
      .where('ledger_entries.id', '>', after)
      .where('ledger_entries.id', '<=', after + WINDOW)
      .whereNull('ledger_transfers.id')
      .orderBy('ledger_entries.id')
      .select('ledger_entries.id', 'ledger_entries.transfer_id')
    for (const { id, transfer_id: transferId } of orphans) {
      yield { check: 'entry', subject: `entry ${id}`, fault: `belongs to no transfer (${transferId})` }
    }
    await breathe()
  }
}
