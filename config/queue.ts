import app from '@adonisjs/core/services/app'
import { defineConfig, drivers } from '@adonisjs/queue'
import env from '#start/env'
import { makeJob } from '#system/jobs/make_job'

/**
 * Jobs live in the database, because only there can they be written in the transaction that causes them.
 * The package deletes a job at its second crash and after a failure by default: both are switched off here.
 */
export default defineConfig({
  default: 'database',
  adapters: {
    database: drivers.database({ connectionName: env.get('DATABASE_URL') ? 'postgres' : 'sqlite' }),
    sync: drivers.sync(),
  },
  jobFactory: makeJob,
  defaultJobOptions: { removeOnFail: false },
  worker: { concurrency: 5, idleDelay: '500ms', maxStalledCount: Number.MAX_SAFE_INTEGER },
  locations: [app.makePath('app/*/jobs/*.{ts,js}')],
})
