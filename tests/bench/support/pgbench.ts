import { execFile } from 'node:child_process'
import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const DEBIAN = '/usr/lib/postgresql'

export interface PgbenchOptions {
  url: string
  /** A file of SQL. */
  script: string
  /** What its `:name` stand for. */
  variables?: Record<string, number>
  clients: number
  seconds: number
}

/** Transactions per second of `pgbench -f`, by the protocol that the application's driver speaks. */
export async function pgbench({ url, script, variables = {}, clients, seconds }: PgbenchOptions): Promise<number> {
  const defined = Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`])
  const args = ['-n', '-M', 'extended', '-f', script, ...defined]
  const load = ['-c', String(clients), '-j', '2', '-T', String(seconds)]
  const { stdout } = await promisify(execFile)(findPgbench(), [...args, ...load, url])
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
  const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0'
  if (!tps || failed !== '0') throw new Error(`pgbench did not do what it should:\n${stdout}`)
  return Number(tps)
}

/** On the PATH, else where Debian keeps the newest server. */
function findPgbench(): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...serverFolders()]
  const found = folders.map((folder) => join(folder, 'pgbench')).find(isExecutable)
  if (!found) {
    throw new Error(
      'pgbench was not found: it comes with PostgreSQL (on Debian in postgresql-client). Put it on the PATH.'
    )
  }
  return found
}

function serverFolders() {
  try {
    const versions = readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one))
    return versions.map((version) => join(DEBIAN, version, 'bin'))
  } catch {
    return []
  }
}

function isExecutable(path: string) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
