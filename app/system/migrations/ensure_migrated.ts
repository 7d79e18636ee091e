import type { ApplicationService } from '@adonisjs/core/types'
import { Exception } from '@adonisjs/core/exceptions'
import { pendingMigrations } from '#system/migrations/pending_migrations'

/** The product does not start on a database of another version. */
export class PendingMigrationsException extends Exception {
  static code = 'E_CONFIGURATION'
}

/** Throws when migrations are pending, or runs them when that was asked for (`npm start -- --migrate`). */
export async function ensureMigrated(app: ApplicationService, mayMigrate: boolean) {
  const pending = await pendingMigrations(app)
  if (pending === 0) return
  if (!mayMigrate) {
    throw new PendingMigrationsException(
      `The database lacks ${pending} migrations of this version. Make a backup, then run: npm start -- --migrate`
    )
  }
  const { MigrationRunner } = await import('@adonisjs/lucid/migration')
  const db = await app.container.make('lucid.db')
  const runner = new MigrationRunner(db, app, { direction: 'up', connectionName: db.primaryConnectionName })
  await runner.run()
  if (runner.error) throw runner.error
  const logger = await app.container.make('logger')
  logger.info('ran %d migrations', pending)
}
