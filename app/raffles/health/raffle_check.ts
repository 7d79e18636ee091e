import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'
import { Settings } from '#core/contracts/settings'
import { WatchdogQuery } from '#raffles/queries/watchdog_query'
import { stuckAfterMinutes } from '#raffles/settings'
import type { WatchFigures } from '#raffles/watchdog/watch_figures'

const MINUTE = 60_000
/** The tick that looks comes round each minute. */
const SILENT_MS = 10 * MINUTE

/** Whether draws end, as the watchdog found it last: nothing is asked of a node here. */
@inject()
export class RaffleCheck implements HealthCheck {
  readonly name = 'raffle'
  readonly critical = false

  constructor(
    private clock: Clock,
    private settings: Settings,
    private watchdog: WatchdogQuery
  ) {}

  async check(): Promise<HealthFinding> {
    const watch = await this.watchdog.run()
    if (!watch) return { status: 'degraded', message: 'nobody has looked at the contract yet' }
    const { figures, checkedAt } = watch
    const pendingMs = figures.pendingSince === null ? 0 : this.clock.now() - figures.pendingSince
    const details = {
      state: figures.state,
      entries: figures.entries,
      pending_seconds: Math.floor(pendingMs / 1000),
      link: figures.link,
      unclaimed_prizes: figures.unclaimed.length,
    }
    const isStuck = pendingMs >= (await this.settings.get(stuckAfterMinutes)) * MINUTE
    const isSilent = this.clock.now() - checkedAt > SILENT_MS
    const message = isSilent ? 'nobody looks at the contract' : troubleOf(figures, isStuck)
    return message ? { status: 'degraded', message, details } : { status: 'healthy', details }
  }
}

function troubleOf({ isLinkLow, unclaimed, isPaused }: WatchFigures, isStuck: boolean): string | null {
  if (isStuck) return 'the random number of a draw is late'
  if (isLinkLow) return 'the subscription that pays for randomness runs low'
  if (unclaimed.length > 0) return 'a prize waits to be claimed'
  return isPaused ? 'the contract is paused' : null
}
