import db from '@adonisjs/lucid/services/db'
import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { SecurityEventKind } from '#core/contracts/security_events'

const DAY_MS = 86_400_000

export interface SecuritySummary {
  failedLogins: number
  wrongSecondFactors: number
  blocks: number
  forgeries: number
}

/** What happened in the last 24 hours. */
@inject()
export class SecuritySummaryQuery {
  constructor(private clock: Clock) {}

  async handle(): Promise<SecuritySummary> {
    const times = await this.#times()
    const sum = (...kinds: SecurityEventKind[]) => kinds.reduce((total, kind) => total + (times.get(kind) ?? 0), 0)
    return {
      failedLogins: sum('login.failed'),
      wrongSecondFactors: sum('two_factor.failed'),
      blocks: sum('login.locked', 'two_factor.locked'),
      forgeries: sum('webhook.forged', 'api_key.refused'),
    }
  }

  async #times(): Promise<Map<string, number>> {
    const rows = await db
      .from('security_events')
      .where('created_at', '>=', this.clock.now() - DAY_MS)
      .groupBy('kind')
      .select('kind')
      .sum('count as total')
    return new Map(rows.map(({ kind, total }) => [kind, Number(total)]))
  }
}
