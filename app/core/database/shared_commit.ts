import { AsyncResource } from 'node:async_hooks'
import type { Database } from 'better-sqlite3'
import db from '@adonisjs/lucid/services/db'
import type { Trx } from '#core/database/transaction'

type Work<T> = (trx: Trx) => Promise<T>

type Outcome = () => void
type Hook = () => unknown

interface Unit {
  work: Work<any>
  resolve: (value: any) => void
  reject: (error: unknown) => void
}

/** A batch ends after so many units or so long: reads wait for the same connection. */
const MOST_UNITS = 64
const LONGEST_MS = 15

/**
 * For SQLite, where all transactions of a process wait for one connection, and each commit for the disk: those that
 * wait together share the next transaction, each in a savepoint of its own, and so one write to the disk. Nobody
 * is answered before the commit; what one of them does is undone alone when it fails.
 */
export class SharedCommit {
  readonly #waiting: Unit[] = []
  #isRunning = false

  run<T>(work: Work<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    this.#waiting.push({ work: AsyncResource.bind(work), resolve, reject })
    if (!this.#isRunning) void this.#runAll()
    return promise
  }

  async #runAll() {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      if (this.#waiting.length === 1) await runAlone(this.#waiting.shift()!)
      else await this.#runTogether()
    }
    this.#isRunning = false
  }

  async #runTogether() {
    const batch: Unit[] = []
    const outcomes: Outcome[] = []
    try {
      await db.transaction(async (outer) => {
        const connection: Database = await (outer.knexClient as any).client.acquireConnection()
        const end = performance.now() + LONGEST_MS
        do {
          const unit = this.#waiting.shift()!
          batch.push(unit)
          outcomes.push(await inSavepoint(outer, unit))
          if (!connection.inTransaction) throw new Error('The database rolled the whole transaction back')
        } while (this.#waiting.length > 0 && batch.length < MOST_UNITS && performance.now() < end)
      })
    } catch (error) {
      const failed = batch.length > 0 ? batch : this.#waiting.splice(0)
      for (const { reject } of failed) reject(error)
      return
    }
    for (const tell of outcomes) tell()
  }
}

async function runAlone(unit: Unit) {
  const { work, afterCommit } = deferred(unit)
  await db.transaction(work).then((value) => void settle(unit, value, afterCommit), unit.reject)
}

/** What to tell once the commit is through. */
async function inSavepoint(outer: Trx, unit: Unit): Promise<Outcome> {
  const { work, afterCommit } = deferred(unit)
  try {
    const value = await outer.transaction(work)
    return () => void settle(unit, value, afterCommit)
  } catch (error) {
    return () => unit.reject(error)
  }
}

/** A released savepoint is no commit yet: what is to happen after one waits for the real one. */
function deferred({ work }: Unit) {
  const afterCommit: Hook[] = []
  const watched = (trx: Trx) => {
    const after = trx.after.bind(trx)
    trx.after = (event, handler) => {
      if (event !== 'commit') return after(event, handler)
      afterCommit.push(handler)
      return trx
    }
    return work(trx)
  }
  return { work: watched, afterCommit }
}

/** Nobody waits for this: a hook may begin a transaction, which would wait for the one that waits for it. */
async function settle({ resolve, reject }: Unit, value: unknown, afterCommit: Hook[]) {
  try {
    for (const hook of afterCommit) await hook()
    resolve(value)
  } catch (error) {
    reject(error)
  }
}
