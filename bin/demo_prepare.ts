/*
 * Migrates the demo's database, fills it with sample data when it is empty, and makes sure that there is an owner.
 * Tells the parent process how to log in.
 */
import './node_version.js'
import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Ignitor } from '@adonisjs/core'
import { demoWallets } from './demo_chain.js'
import { logInToFragment, setStarsRate } from './demo_services.js'
import { APP_ROOT, IMPORTER } from './importer.js'
import { reportStartFailure } from './start_failure.js'

const EMAIL = 'owner@example.org'
const ACTOR = { type: 'operator', id: null, name: 'npm run demo' } as const

const app = new Ignitor(APP_ROOT, { importer: IMPORTER })
  .tap((application) => {
    application.booting(async () => {
      await import('#start/env')
    })
  })
  .createApp('console')

try {
  await app.init()
  await app.boot()
  await app.start(async () => {
    const { ensureMigrated } = await import('#system/migrations/ensure_migrated')
    await ensureMigrated(app, true)
    const customers = await seed()
    await logInToFragment(app, ACTOR)
    await setStarsRate(app, ACTOR)
    const wallets = await demoWallets(app, ACTOR)
    process.send!({ ...(await owner()), customers, wallets })
  })
  await app.terminate()
} catch (error) {
  await reportStartFailure(error)
}

async function seed(): Promise<number> {
  const db = await app.container.make('lucid.db')
  const folder = new URL('../database/seeders/', import.meta.url)
  for (const file of readdirSync(folder).sort()) {
    const { default: Seeder } = await import(new URL(file, folder).href)
    await new Seeder(db.connection()).run()
  }
  const row = await db.from('customers').count('* as total').first()
  return Number(row.total)
}

/** The password lies in a file that its owner alone reads, because a second run must print it again. */
async function owner() {
  const { dataPath } = await import('#config/data_dir')
  const { default: Admin } = await import('#staff/models/admin')
  const file = dataPath('demo-owner.json')
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { password: string }) : null
  if (await Admin.findBy('email', EMAIL)) return { email: EMAIL, password: stored?.password ?? null }

  const password = stored?.password ?? randomBytes(12).toString('base64url')
  const { CreateAdmin } = await import('#staff/actions/create_admin')
  const createAdmin = await app.container.make(CreateAdmin)
  const result = await createAdmin.handle({ email: EMAIL, fullName: 'Demo Owner', role: 'owner', password }, ACTOR)
  if (!result.ok) throw new Error(`The demo's owner could not be made: ${result.refusal.code}`)
  writeFileSync(file, JSON.stringify({ email: EMAIL, password }), { mode: 0o600 })
  return { email: EMAIL, password }
}
