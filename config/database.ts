import pg from 'pg'
import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import { dataPath } from '#config/data_dir'
import { parseInt8 } from '#core/database/int8'
import { prepareSqliteConnection } from '#core/database/sqlite_connection'

const INT8 = 20
pg.types.setTypeParser(INT8, parseInt8)

const databaseUrl = env.get('DATABASE_URL')
const migrations = { naturalSort: true, paths: ['database/migrations'] }

export default defineConfig({
  connection: databaseUrl ? 'postgres' : 'sqlite',
  connections: {
    sqlite: {
      client: 'better-sqlite3',
      connection: { filename: dataPath('kontora.sqlite3') },
      useNullAsDefault: true,
      pool: { min: 1, max: 1, afterCreate: prepareSqliteConnection },
      migrations,
      schemaGeneration: {
        enabled: app.inDev,
        outputPath: 'database/schema.ts',
        rulesPaths: ['./database/schema_rules.js'],
        excludeTables: ['queue_jobs', 'queue_schedules', 'rate_limits', 'sessions'],
      },
    },
    postgres: {
      client: 'pg',
      connection: { connectionString: databaseUrl },
      pool: { min: 0, max: env.get('DATABASE_POOL_MAX', 10) },
      migrations,
      schemaGeneration: { enabled: false },
    },
  },
})
