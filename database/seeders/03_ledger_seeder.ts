import { BaseSeeder } from '@adonisjs/lucid/seeders'
import { isPostgres } from '#core/database/dialect'
import { transaction, type Trx } from '#core/database/transaction'
import { welcomeGrant } from '#customers/settings'
import { sampleWelcomeGrants } from '#database/samples/welcome_grants'

const BATCH = 500

/** The welcome grant of every sample customer, into a ledger that has nothing in it. */
export default class extends BaseSeeder {
  static environment = ['development', 'test']

  async run() {
    await transaction(async (trx) => {
      if (await trx.from('ledger_transfers').select('id').first()) return
      const customers = await trx.from('customers').select('id', 'created_at')
      if (customers.length === 0) return
      const rows = sampleWelcomeGrants(customers, welcomeGrant.default)
      await insert(trx, 'ledger_accounts', rows.accounts)
      await insert(trx, 'ledger_transfers', rows.transfers)
      await insert(trx, 'ledger_entries', rows.entries)
    })
  }
}

async function insert(trx: Trx, table: string, rows: Array<{ id: number }>) {
  for (let from = 0; from < rows.length; from += BATCH)
    await trx.table(table).multiInsert(rows.slice(from, from + BATCH))
  if (isPostgres()) await trx.rawQuery(`SELECT setval(pg_get_serial_sequence(?, 'id'), ?)`, [table, rows.at(-1)!.id])
}
