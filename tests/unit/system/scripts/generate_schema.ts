import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'

/** Migrates an empty SQLite file and writes the schema classes to the given path, as development does. */
export default async function (outputPath: string) {
  const runner = new MigrationRunner(db, app, { direction: 'up', connectionName: 'sqlite' })
  await runner.run()
  if (runner.error) throw runner.error
  Object.assign(db.manager.get('sqlite')!.config.schemaGeneration!, { enabled: true, outputPath })
  const ace = await app.container.make('ace')
  await ace.boot()
  const command = await ace.exec('schema:generate', ['--connection=sqlite', '--compact-output'])
  if (command.exitCode) throw command.error ?? new Error('schema:generate failed')
}
