import './node_version.js'
import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { APP_ROOT, IMPORTER } from './importer.js'
import { endOnSignals } from './shutdown.js'
import { reportStartFailure } from './start_failure.js'

new Ignitor(APP_ROOT, { importer: IMPORTER })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.booted(async () => {
      const { ensureMigrated } = await import('#system/migrations/ensure_migrated')
      await ensureMigrated(app, process.argv.includes('--migrate'))
    })
    endOnSignals(app)
  })
  .httpServer()
  .start()
  .catch(reportStartFailure)
