import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import { CreateAdmin } from '#staff/actions/create_admin'
import { insertCustomers } from '#tests/support/broadcasts/many_customers'

export interface Filling {
  customers: number
  /** Each has two entries. */
  transfers: number
  /** Of them the first customer's, all within the last 30 days. */
  busiest: number
  admin: { email: string; password: string }
}

const DAY = 86_400_000
const TABLES = ['ledger_accounts', 'ledger_transfers', 'ledger_entries']

/** Years of business in a few statements: indexes are made afterwards, and nobody asks triggers or foreign keys. */
export default async function ({ customers, transfers, busiest, admin }: Filling) {
  const create = await app.container.make(CreateAdmin)
  const actor = { type: 'operator', id: null, name: 'bench' } as const
  await create.handle({ ...admin, fullName: 'Bench', role: 'owner' }, actor)
  await insertCustomers(customers)
  const ids = rowsOf<{ first: number }>(await db.rawQuery('SELECT min(id) AS first FROM customers'))
  const indexes = await dropIndexes()
  await db.rawQuery(
    [
      'SET session_replication_role = replica',
      ...rows({ customers, transfers, busiest }, ids[0].first),
      'SET session_replication_role = origin',
    ].join(';\n')
  )
  for (const definition of indexes) await db.rawQuery(definition)
  for (const table of TABLES) {
    await db.rawQuery(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`)
    await db.rawQuery(`VACUUM ANALYZE ${table}`)
  }
  const [{ total }] = await db.from('ledger_entries').count('* as total')
  return Number(total)
}

async function dropIndexes(): Promise<string[]> {
  const indexes = rowsOf<{ name: string; definition: string }>(
    await db.rawQuery(
      `SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
       WHERE i.tablename IN ('ledger_transfers', 'ledger_entries')
         AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)`
    )
  )
  for (const { name } of indexes) await db.rawQuery(`DROP INDEX ${name}`)
  return indexes.map(({ definition }) => definition)
}

/** Transfer n goes from the clearing account (1) to the wallet of a customer, whose account is 1 + their number. */
function rows({ customers, transfers, busiest }: Omit<Filling, 'admin'>, first: number): string[] {
  const now = Date.now()
  const others = customers - 1
  const account = `CASE WHEN n <= ${busiest} THEN 2 ELSE 3 + (n - ${busiest} - 1) % ${others} END`
  const balance = `CASE WHEN n <= ${busiest} THEN n ELSE (n - ${busiest} - 1) / ${others} + 1 END`
  const at = `CASE WHEN n <= ${busiest} THEN ${now - 30 * DAY} + n * ${30 * DAY}::bigint / ${busiest + 1}
    ELSE ${now - 60 * DAY} + n * ${60 * DAY}::bigint / ${transfers + 1} END`
  const series = `generate_series(1, ${transfers}) AS n`
  return [
    `INSERT INTO ledger_accounts (id, code, kind, currency, customer_id, name, balance, created_at, updated_at)
     SELECT 1, 'TON:system:clearing:bench', 'system', 'TON', NULL, 'clearing:bench', -${transfers}, ${now}, ${now}
     UNION ALL SELECT 1 + n, 'TON:wallet:' || (${first} + n - 1), 'wallet', 'TON', ${first} + n - 1, NULL,
       CASE WHEN n = 1 THEN ${busiest} ELSE ${Math.ceil((transfers - busiest) / others)} END, ${now}, ${now}
     FROM generate_series(1, ${customers}) AS n`,
    `INSERT INTO ledger_transfers (id, kind, idempotency_key, fingerprint, actor_type, actor_name, created_at)
     SELECT n, CASE n % 3 WHEN 0 THEN 'top_up' WHEN 1 THEN 'refund' ELSE 'adjustment' END, 'bench:' || n, 'bench',
       'system', 'system', ${at} FROM ${series}`,
    `INSERT INTO ledger_entries (id, transfer_id, account_id, account_kind, currency, amount, balance, created_at)
     SELECT 2 * n - 1, n, 1, 'system', 'TON', -1, -n, ${at} FROM ${series}
     UNION ALL SELECT 2 * n, n, ${account}, 'wallet', 'TON', 1, ${balance}, ${at} FROM ${series}`,
  ]
}
