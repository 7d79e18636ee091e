import { createPostgresDatabase } from '#tests/support/postgres'
import { temporaryFolder } from '#tests/support/environment'
import { runAce } from '#tests/support/processes'

export type Engine = 'sqlite' | 'postgres'

export interface BenchDatabase {
  /** Variables for processes that shall use this database. */
  env: Record<string, string>
  drop(): Promise<void>
}

const DEFAULT_ADMIN_URL = 'postgres://postgres@127.0.0.1:5432/postgres'

/** PostgreSQL is taken from BENCH_POSTGRES_URL (default: a local server that trusts the user postgres). */
export async function createBenchDatabase(engine: Engine): Promise<BenchDatabase> {
  const database = engine === 'sqlite' ? createSqlite() : await createPostgres()
  const { exitCode, output } = await runAce(['migration:run', '--force', '--no-schema-generate'], { env: database.env })
  if (exitCode !== 0) {
    await database.drop()
    throw new Error(`The migrations failed on ${engine}:\n${output}`)
  }
  return database
}

function createSqlite(): BenchDatabase {
  return {
    env: { DATA_DIR: temporaryFolder('kontora-bench-'), DATABASE_URL: '', DATABASE_POOL_MAX: '' },
    drop: async () => {},
  }
}

async function createPostgres(): Promise<BenchDatabase> {
  const adminUrl = process.env.BENCH_POSTGRES_URL ?? DEFAULT_ADMIN_URL
  try {
    const { url, drop } = await createPostgresDatabase(adminUrl, 'kontora_bench')
    return { env: { DATABASE_URL: url, DATA_DIR: temporaryFolder('kontora-bench-') }, drop }
  } catch (error) {
    const { host } = new URL(adminUrl)
    throw new Error(`PostgreSQL does not answer at ${host}: start it, or name another server in BENCH_POSTGRES_URL`, {
      cause: error,
    })
  }
}
