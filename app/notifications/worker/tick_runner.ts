import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Ticks, type Tick } from '#core/contracts/ticks'
import { Leases } from '#system/leases/leases'
import { rest } from '#notifications/sender/bell'

const LEASE = 'ticks'
const LEASE_MS = 5_000
const LOOK_EVERY_MS = 500
const AFTER_FAILURE_MS = 60_000

/** What comes round more often is due at every start anyway. */
const WORTH_STORING_MS = 60_000

/**
 * Runs what comes round, in one process at a time. The moments of slow ticks are rows: a tick that a crash interrupted
 * is still due, and a daily one does not run at every start.
 */
@inject()
export class TickRunner {
  constructor(
    private readonly ticks: Ticks,
    private readonly leases: Leases,
    private readonly clock: Clock,
    private readonly logger: Logger
  ) {}

  async run(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        await this.leases.runWhileHeld(LEASE, LEASE_MS, (_, until) => this.#work(until), signal)
      } catch (error) {
        this.logger.error({ err: error }, 'The schedule failed and starts anew')
        await rest(1000, signal)
      }
    }
  }

  async #work(signal: AbortSignal) {
    const due = await this.#load()
    const running = new Map<string, Promise<void>>()
    while (!signal.aborted) {
      for (const tick of this.ticks.all()) {
        if (running.has(tick.name) || (due.get(tick.name) ?? 0) > this.clock.now()) continue
        const run = this.#run(tick, due, signal).finally(() => running.delete(tick.name))
        running.set(tick.name, run)
      }
      await rest(LOOK_EVERY_MS, signal)
    }
    await Promise.all(running.values())
  }

  /** A tick that has become more frequent need not wait for the moment it was last given. */
  async #load(): Promise<Map<string, number>> {
    const rows = await db.from('ticks').select('name', 'next_run_at')
    const stored = new Map<string, number>(rows.map((row) => [row.name, row.next_run_at]))
    const latest = (tick: Tick) => this.clock.now() + tick.everyMs
    return new Map(this.ticks.all().map((tick) => [tick.name, Math.min(stored.get(tick.name) ?? 0, latest(tick))]))
  }

  async #run(tick: Tick, due: Map<string, number>, signal: AbortSignal) {
    const startedAt = this.clock.now()
    const error = await this.#attempt(tick, signal)
    if (signal.aborted) return
    const pause = error ? Math.min(tick.everyMs, AFTER_FAILURE_MS) : tick.everyMs
    const nextRunAt = Math.max(startedAt + pause, this.clock.now())
    due.set(tick.name, nextRunAt)
    if (error || tick.everyMs >= WORTH_STORING_MS) {
      await this.#store(tick, { last_run_at: startedAt, next_run_at: nextRunAt, last_error: error })
    }
  }

  async #attempt(tick: Tick, signal: AbortSignal): Promise<string | null> {
    try {
      await tick.run(signal)
      return null
    } catch (error) {
      this.logger.error({ err: error, tick: tick.name }, 'A scheduled piece of work failed and is tried again')
      return String(error instanceof Error ? error.message : error).slice(0, 500)
    }
  }

  async #store({ name }: Tick, values: { last_run_at: number; next_run_at: number; last_error: string | null }) {
    try {
      await db
        .knexQuery()
        .table('ticks')
        .insert({ name, ...values })
        .onConflict('name')
        .merge()
    } catch (error) {
      this.logger.warn({ err: error, tick: name }, 'The moment of the next run could not be stored')
    }
  }
}
