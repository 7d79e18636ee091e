import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import type { Lease } from '#system/leases/lease'
import type { RowResult } from '#notifications/sender/result'
import type { StoreResults } from '#notifications/sender/store_results'

/** Results wait so long for company. */
const GATHER_MS = 50
const BATCH = 200
const RETRY_MS = 250

/** Gathers results and stores them in batches, one after the other. */
export class ResultWriter {
  #waiting: RowResult[] = []
  #writing?: Promise<void>
  #enough?: () => void

  constructor(
    private readonly claimant: string,
    private readonly lease: Lease,
    private readonly store: StoreResults,
    private readonly logger: Logger,
    /** So many results wait for no more company. */
    private readonly enough: () => number,
    private readonly stored: (results: RowResult[]) => void
  ) {}

  add(results: RowResult[]) {
    this.#waiting.push(...results)
    if (this.#waiting.length >= this.enough()) this.#enough?.()
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined))
  }

  /** When everything added so far is stored or given up. */
  async finished() {
    while (this.#writing) await this.#writing
  }

  async #writeAll() {
    while (this.#waiting.length > 0) {
      await this.#gather()
      await this.#write(this.#waiting.splice(0, BATCH))
    }
  }

  async #gather() {
    if (this.#waiting.length >= this.enough()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, GATHER_MS)
    this.#enough = resolve
    await promise
    clearTimeout(timer)
  }

  /** While the database does not answer it tries again; after the lease, the rows are the next holder's. */
  async #write(batch: RowResult[]) {
    for (;;) {
      try {
        await this.store.handle(this.claimant, batch)
        return this.stored(batch)
      } catch (error) {
        this.logger.error({ err: error, rows: batch.length }, 'The results of sending could not be stored')
        if (!this.lease.isHeld) return this.stored([])
        await sleep(RETRY_MS)
      }
    }
  }
}
