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

  async run(signal: AbortSignal) {
    let unfinished = await this.#running()
    while (unfinished.length > 0) {
      const next: Running[] = []
      for (const settlement of unfinished) {
        if (signal.aborted) return
        const isOver = await this.#goOn(settlement, AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]))
        if (!isOver) next.push(settlement)
      }
      unfinished = next
    }
  }

  #running(): Promise<Running[]> {
    return db
      .from('market_settlements')
      .join('markets', 'markets.id', 'market_settlements.market_id')
      .where('market_settlements.status', 'running')
      .orderBy('market_settlements.id')
      .select('market_settlements.id', 'market_settlements.progressed_at', 'markets.title', 'markets.reference')
  }

  /** One that fails is over for this time: the next tick tries it again. */
  async #goOn(settlement: Running, turn: AbortSignal) {
    const fingerprint = `settlement:${settlement.id}`
    try {
      const isOver = await this.settlements.run(settlement.id, turn)
      await this.alerts.resolve(fingerprint)
      return isOver
    } catch (error) {
      this.logger.error({ err: error, settlement: settlement.id }, 'A step of a settlement failed')
      if (this.clock.now() - settlement.progressed_at >= STUCK_MS) await this.#tell(settlement, fingerprint, error)
      return true
    }
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
  progressed_at: number
  title: string
  reference: string
}
