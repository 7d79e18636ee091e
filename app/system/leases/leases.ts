import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { affectedRows, rowsOf } from '#core/database/dialect'
import { Lease } from '#system/leases/lease'

/** Runs alone as long as the lease is held; must stop soon after `signal` aborts. */
export type ExclusiveWork = (lease: Lease, signal: AbortSignal) => Promise<void>

/**
 * Time-limited claims of one process to do something alone, on the table `leases`. Each statement is one UPSERT
 * or UPDATE, so that of many contenders exactly one wins. Machines that share a database need synchronised clocks.
 */
@inject()
export class Leases {
  readonly #process = `${hostname().slice(0, 40)}:${process.pid}`

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger
  ) {}

  /** Returns null while somebody else holds it. A holder's second lease of the same name is a stranger's. */
  async acquire(name: string, ttlMs: number): Promise<Lease | null> {
    const holder = `${this.#process}:${randomUUID().slice(0, 8)}`
    const now = this.clock.now()
    const result = await db.rawQuery(
      `INSERT INTO leases (name, holder, fence, acquired_at, expires_at) VALUES (?, ?, 1, ?, ?)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = leases.fence + 1,
         acquired_at = excluded.acquired_at, expires_at = excluded.expires_at
       WHERE leases.expires_at <= excluded.acquired_at
       RETURNING fence`,
      [name, holder, now, now + ttlMs]
    )
    const [row] = rowsOf<{ fence: number }>(result)
    return row ? new Lease(name, holder, row.fence, now + ttlMs, this.clock) : null
  }

  /** False when it has run out, even if nobody else has taken it: the work must stop. */
  async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    const now = this.clock.now()
    const result = await db.rawQuery(
      'UPDATE leases SET expires_at = ? WHERE name = ? AND holder = ? AND fence = ? AND expires_at > ?',
      [now + ttlMs, lease.name, lease.holder, lease.fence, now]
    )
    if (affectedRows(result) === 0) lease.lose()
    else lease.extend(now + ttlMs)
    return lease.isHeld
  }

  /** Frees it for the next one at once. The row stays, because the fence must go on growing. */
  async release(lease: Lease): Promise<void> {
    lease.lose()
    await db.rawQuery('UPDATE leases SET expires_at = 0 WHERE name = ? AND holder = ? AND fence = ?', [
      lease.name,
      lease.holder,
      lease.fence,
    ])
  }

  /**
   * Hot standby: waits for the lease, runs the work while renewing it every third of `ttlMs`, and starts over when
   * it is lost. Returns when the work is done by itself or when `signal` aborts; throws what the work throws.
   */
  async runWhileHeld(name: string, ttlMs: number, work: ExclusiveWork, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const lease = await this.#tryAcquire(name, ttlMs)
      if (lease && (await this.#runOnce(lease, ttlMs, work, signal)) === 'done') return
      if (!signal.aborted) await sleep(ttlMs / 3, undefined, { signal }).catch(() => {})
    }
  }

  async #tryAcquire(name: string, ttlMs: number) {
    try {
      return await this.acquire(name, ttlMs)
    } catch (error) {
      this.logger.warn({ err: error, lease: name }, 'The lease could not be asked for; trying again')
      return null
    }
  }

  async #runOnce(lease: Lease, ttlMs: number, work: ExclusiveWork, signal: AbortSignal): Promise<'done' | 'lost'> {
    const lost = new AbortController()
    const renewal = setInterval(() => this.#keep(lease, ttlMs, lost), ttlMs / 3)
    try {
      await work(lease, AbortSignal.any([signal, lost.signal]))
      return lost.signal.aborted ? 'lost' : 'done'
    } catch (error) {
      if (!lost.signal.aborted) throw error
      return 'lost'
    } finally {
      clearInterval(renewal)
      await this.release(lease).catch((error) =>
        this.logger.warn({ err: error, lease: lease.name }, 'The lease could not be released; it expires by itself')
      )
    }
  }

  /** A failed or hanging renewal is tried again as long as the lease lasts. */
  async #keep(lease: Lease, ttlMs: number, lost: AbortController) {
    if (!lease.isHeld) return lost.abort()
    try {
      await this.renew(lease, ttlMs)
    } catch (error) {
      this.logger.warn({ err: error, lease: lease.name }, 'The lease could not be renewed')
    }
    if (!lease.isHeld) lost.abort()
  }
}
