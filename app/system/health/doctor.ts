import { access, constants } from 'node:fs/promises'
import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { dataDir } from '#config/data_dir'
import { Clock } from '#core/clock'
import { HealthChecks, type HealthCheck, type HealthFinding } from '#core/contracts/health'
import { pendingMigrations } from '#system/migrations/pending_migrations'
import { registerSystemChecks } from '#system/health/register_checks'
import { runCheck } from '#system/health/run_check'

export type Diagnosis = HealthFinding & { name: string }

/** The health checks, and what only an operator at the console asks. */
@inject()
export class Doctor {
  constructor(
    private readonly checks: HealthChecks,
    private readonly clock: Clock
  ) {}

  async examine(): Promise<Diagnosis[]> {
    await registerSystemChecks(app.container)
    const all = [
      ...this.checks.all(),
      check('migrations', migrations),
      check('data folder', folder),
      check('keys', keys),
    ]
    const reports = await Promise.all(all.map((one) => runCheck(one, () => this.clock.now())))
    return [...reports, ...this.#missing()]
  }

  #missing(): Diagnosis[] {
    if (env.get('TELEGRAM_BOT_TOKEN')) return []
    return [{ name: 'telegram', status: 'degraded', message: 'TELEGRAM_BOT_TOKEN is not set: the bot is off' }]
  }
}

const check = (name: string, run: () => Promise<HealthFinding>): HealthCheck => ({ name, critical: false, check: run })

async function migrations(): Promise<HealthFinding> {
  const pending = await pendingMigrations(app)
  if (pending === 0) return { status: 'healthy', message: 'all have run' }
  return { status: 'unhealthy', message: `${pending} have not run: npm start -- --migrate` }
}

async function folder(): Promise<HealthFinding> {
  await access(dataDir, constants.R_OK | constants.W_OK)
  return { status: 'healthy', message: dataDir }
}

async function keys(): Promise<HealthFinding> {
  const { keyId } = await import('#system/keys/encryption_key_wrapper')
  const details = { key: keyId(env.get('APP_KEY')) }
  if (!env.get('APP_KEY_PREVIOUS')) return { status: 'healthy', details }
  return {
    status: 'degraded',
    message: 'APP_KEY_PREVIOUS is set: take it away once nothing is encrypted with it',
    details: { ...details, previous: keyId(env.get('APP_KEY_PREVIOUS')!) },
  }
}
