import type { ApplicationService } from '@adonisjs/core/types'

/** How many migrations of this version the database has not seen. */
export async function pendingMigrations(app: ApplicationService): Promise<number> {
  const { MigrationRunner } = await import('@adonisjs/lucid/migration')
  const db = await app.container.make('lucid.db')
  const runner = new MigrationRunner(db, app, { direction: 'up', connectionName: db.primaryConnectionName })
  const nodes = await runner.getList()
  return nodes.filter(({ status }) => status === 'pending').length
}
