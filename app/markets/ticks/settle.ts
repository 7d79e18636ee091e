import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import type { Tick } from '#core/contracts/ticks'
import { Settlements } from '#markets/settlement/settlements'

/** A settlement that has done nothing for so long does not get over it by itself. */
export const STUCK_MS = 10 * 60_000

/** They go on by turns: a large one does not make the others wait. */
const TURN_MS = 5000

/** One whose step failed is tried again after so long. */
export const RETRY_MS = 10_000

/** Carries on every settlement that runs, whatever became of whom it was begun by; tells admins of one that can't go on. */
@inject()
export class Settle implements Tick {
  readonly name = 'markets.settle'
  readonly everyMs = 2000

  constructor(
    private clock: Clock,
    private logger: Logger,
    private alerts: Alerts,
    private settlements: Settlements
  ) {}

  /** Which ones run is asked anew in each round: one that begins meanwhile joins in. */
  async run(signal: AbortSignal) {
    const failed = new Map<number, number>()
    while (!signal.aborted) {
      const running = await this.#running()
      const due = running.filter(({ id }) => this.#isDue(failed.get(id)))
      if (due.length === 0) return
      for (const settlement of due) {
        if (signal.aborted) return
        const isFine = await this.#goOn(settlement, AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]))
        if (!isFine) failed.set(settlement.id, this.clock.now())
      }
    }
  }

  #running(): Promise<Running[]> {
    return db
      .from('market_settlements')
      .join('markets', 'markets.id', 'market_settlements.market_id')
      .where('market_settlements.status', 'running')
      .orderBy('market_settlements.id')
      .select('market_settlements.id', 'markets.title', 'markets.reference')
  }

  #isDue(failedAt: number | undefined) {
    return failedAt === undefined || this.clock.now() - failedAt >= RETRY_MS
  }

  async #goOn(settlement: Running, turn: AbortSignal): Promise<boolean> {
    const fingerprint = `settlement:${settlement.id}`
    try {
      await this.settlements.run(settlement.id, turn)
      await this.alerts.resolve(fingerprint)
      return true
    } catch (error) {
      this.logger.error({ err: error, settlement: settlement.id }, 'A step of a settlement failed')
      if (await this.#isStuck(settlement.id)) await this.#tell(settlement, fingerprint, error)
      return false
    }
  }

  /** As it stands now: it may have got far before it failed. */
  async #isStuck(id: number) {
    const row = await db.from('market_settlements').where({ id, status: 'running' }).select('progressed_at').first()
    return row !== null && this.clock.now() - row.progressed_at >= STUCK_MS
  }

  #tell({ title, reference }: Running, fingerprint: string, error: unknown) {
    return this.alerts.raise({
      ...{ kind: 'ledger', severity: 'critical', fingerprint },
      title: `The settlement of the market "${title}" stands still; it is tried again`,
      details: {
        market: reference,
        error: error instanceof Error ? error.message : String(error),
        next: 'See the log: no bet is settled twice, and it goes on by itself once the trouble is over',
      },
    })
  }
}

interface Running {
  id: number
  title: string
  reference: string
}
