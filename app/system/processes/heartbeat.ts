import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { Logger } from '@adonisjs/core/logger'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { ProcessJournal, type ProcessFigures } from '#core/contracts/process_journal'
import { HEARTBEAT_MS } from '#system/processes/liveness'
import { VERSION } from '#system/version'

const FORGET_AFTER_MS = 60 * 60_000

/** Writes this process's row every ten seconds and takes it away at the end; rows of the dead go after an hour. */
@inject()
export class Heartbeat extends ProcessJournal {
  readonly id = `${hostname().slice(0, 60)}:${process.pid}:${randomUUID().slice(0, 8)}`
  readonly #roles = new Set<string>()
  readonly #figures = new Map<string, () => ProcessFigures>()
  #startedAt = 0
  #timer?: NodeJS.Timeout
  #beating: Promise<void> = Promise.resolve()

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger
  ) {
    super()
  }

  async enter(role: string) {
    this.#roles.add(role)
    if (!this.#timer) {
      this.#startedAt = this.clock.now()
      this.#timer = setInterval(() => this.#tick(), HEARTBEAT_MS).unref()
    }
    await this.#tick()
  }

  publish(name: string, figures: () => ProcessFigures) {
    this.#figures.set(name, figures)
  }

  async beat() {
    const now = this.clock.now()
    await db
      .knexQuery()
      .table('processes')
      .insert({
        id: this.id,
        roles: JSON.stringify([...this.#roles]),
        host: hostname().slice(0, 100),
        pid: process.pid,
        version: VERSION,
        node_version: process.version,
        figures: JSON.stringify(this.#readFigures()),
        started_at: this.#startedAt,
        last_seen_at: now,
      })
      .onConflict('id')
      .merge(['roles', 'figures', 'last_seen_at'])
    await db
      .from('processes')
      .where('last_seen_at', '<', now - FORGET_AFTER_MS)
      .delete()
  }

  async leave() {
    if (!this.#timer) return
    clearInterval(this.#timer)
    this.#timer = undefined
    await this.#beating
    await db.from('processes').where('id', this.id).delete()
  }

  #tick() {
    this.#beating = this.#beating
      .then(() => this.beat())
      .catch((error) => this.logger.warn({ err: error }, 'The heartbeat could not be written'))
    return this.#beating
  }

  #readFigures() {
    const { rss, heapUsed } = process.memoryUsage()
    const own: ProcessFigures = { rss_mb: toMegabytes(rss), heap_mb: toMegabytes(heapUsed) }
    return { process: own, ...Object.fromEntries([...this.#figures].map(([name, read]) => [name, read()])) }
  }
}

const toMegabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)
