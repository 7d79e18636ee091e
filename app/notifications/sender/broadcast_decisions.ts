import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { BroadcastContent, type BroadcastDecision, type BroadcastRow } from '#core/contracts/broadcast_content'
import { isDatabaseFailure } from '#core/database/database_failure'
import type { ClaimedRow } from '#notifications/sender/claimed_row'

/** Rows that could not be decided on for want of the database come back so much later. */
const LATER_MS = 1_000
const NO_DATABASE = 'database'

export type Decision = BroadcastDecision | { kind: 'broken'; error: string }

/** Asks about the broadcasts' rows of a claim. A row that can't be worded fails alone, not with all that was claimed. */
@inject()
export class BroadcastDecisions {
  constructor(
    private readonly broadcasts: BroadcastContent,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
    private readonly logger: Logger
  ) {}

  async of(rows: ClaimedRow[]): Promise<Map<number, Decision>> {
    if (rows.length === 0) return new Map()
    try {
      return await this.#ask(rows)
    } catch (error) {
      this.logger.error(
        { err: error, rows: rows.length },
        'Rows of broadcasts could not be prepared; trying each alone'
      )
      return this.#askOneByOne(rows)
    }
  }

  async #askOneByOne(rows: ClaimedRow[]) {
    const decisions = new Map<number, Decision>()
    const broken = new Map<number, { row: ClaimedRow; error: string }>()
    for (const row of rows) {
      try {
        for (const [id, decision] of await this.#ask([row])) decisions.set(id, decision)
      } catch (error) {
        const decision = this.#decisionOf(error)
        decisions.set(row.id, decision)
        if (decision.kind === 'broken') broken.set(row.broadcastId!, { row, error: decision.error })
      }
    }
    for (const { row, error } of broken.values()) await this.#alert(row, error)
    return decisions
  }

  #decisionOf(error: unknown) {
    if (isDatabaseFailure(error)) {
      return { kind: 'defer', until: this.clock.now() + LATER_MS, reason: NO_DATABASE } as const
    }
    return { kind: 'broken', error: error instanceof Error ? error.message : String(error) } as const
  }

  async #ask(rows: ClaimedRow[]): Promise<Map<number, Decision>> {
    return this.broadcasts.prepare(rows as BroadcastRow[])
  }

  async #alert(row: ClaimedRow, error: string) {
    await this.alerts.raise({
      kind: 'broadcasts',
      severity: 'warning',
      fingerprint: `broadcasts:unworded:${row.broadcastId}`,
      title: `Messages of broadcast ${row.broadcastId} can't be worded and are not sent`,
      details: { row: row.id, error, next: 'Look at the failed recipients of the broadcast and correct its content' },
    })
  }
}
