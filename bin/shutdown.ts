import type { ApplicationService } from '@adonisjs/core/types'
import { redactError } from '#core/redaction'

/** Work in hand that has not ended by then is cut off: outbox, jobs and inbox take it up again at the next start. */
const PATIENCE_MS = 25_000

/**
 * SIGTERM and SIGINT end the process in order: take nothing new, finish what is in hand, release leases, close the
 * database. A second signal ends it at once.
 */
export function endOnSignals(app: ApplicationService) {
  let isEnding = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      if (isEnding) process.exit(1)
      isEnding = true
      setTimeout(() => {
        console.error(`Not everything ended within ${PATIENCE_MS / 1000} s after ${signal}; giving up waiting`)
        process.exit(1)
      }, PATIENCE_MS).unref()
      await end(app)
    })
  }
}

async function end(app: ApplicationService) {
  try {
    await app.terminate()
  } catch (error) {
    process.exitCode = 1
    console.error(redactError(error))
  }
  process.exit()
}
