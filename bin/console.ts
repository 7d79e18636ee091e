import './node_version.js'
import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { Ignitor } from '@adonisjs/core'
import { APP_ROOT, IMPORTER } from './importer.js'
import { endOnSignals } from './shutdown.js'
import { reportStartFailure } from './start_failure.js'

/** These run nothing of the product; a bare clone, where they must work, has no key yet. */
const KEYLESS = ['test', 'build', 'list', 'generate:key', 'sandbox:serve']
if (KEYLESS.includes(process.argv[2] ?? 'list')) process.env.APP_KEY ||= randomBytes(24).toString('base64url')

new Ignitor(APP_ROOT, { importer: IMPORTER })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    endOnSignals(app)
  })
  .ace()
  .handle(process.argv.splice(2))
  .catch(reportStartFailure)
