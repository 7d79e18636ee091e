import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import CustomersSeeder from '#database/seeders/01_customers_seeder'
import BroadcastsSeeder from '#database/seeders/02_broadcasts_seeder'
import LedgerSeeder from '#database/seeders/03_ledger_seeder'

const OF_THE_RUNNER = ['adonis_schema', 'adonis_schema_versions']

/** Migrates up, fills, takes all of it down and migrates up again. */
export default async function () {
  await migrate('up')
  const first = await tables()
  for (const Seeder of [CustomersSeeder, BroadcastsSeeder, LedgerSeeder]) await new Seeder(db.connection()).run()
  await migrate('down')
  const left = await tables()
  await migrate('up')
  return { first, left, second: await tables() }
}

async function migrate(direction: 'up' | 'down') {
  const runner = new MigrationRunner(db, app, {
    direction,
    connectionName: db.primaryConnectionName,
    ...(direction === 'down' && { batch: 0 }),
  } as any)
  await runner.run()
  if (runner.error) throw runner.error
}

async function tables() {
  const names = await db.connection().getAllTables(['public'])
  return names.filter((name) => !OF_THE_RUNNER.includes(name)).sort()
}
