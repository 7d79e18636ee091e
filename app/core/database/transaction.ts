import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#core/database/dialect'
import { SharedCommit } from '#core/database/shared_commit'

export type Trx = TransactionClientContract

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
const SQLITE_BUSY = 'SQLITE_BUSY'
const ATTEMPTS = 5

const shared = new SharedCommit()

/**
 * Runs one unit of work. It may run several times: deadlocks, serialisation failures and a busy SQLite file
 * repeat the whole of it, so it must touch nothing but the database.
 */
export async function transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await (isPostgres() ? db.transaction(work) : shared.run(work))
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error
      await sleep(Math.random() * 20 * 2 ** attempt)
    }
  }
}

function isTransient(error: unknown) {
  const code = (error as { code?: string })?.code ?? ''
  return code === SERIALIZATION_FAILURE || code === DEADLOCK || code.startsWith(SQLITE_BUSY)
}
