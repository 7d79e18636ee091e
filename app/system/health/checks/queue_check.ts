import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { HealthCheck } from '#core/contracts/health'
import { LiveProcessesQuery } from '#system/processes/live_processes_query'
import { QueueFiguresQuery } from '#system/queries/queue_figures_query'

const SLOW_SECONDS = 60

/** Somebody works, and no job waits long after it was due. */
@inject()
export class QueueCheck implements HealthCheck {
  readonly name = 'queue'
  readonly critical = false

  constructor(
    private readonly clock: Clock,
    private readonly figures: QueueFiguresQuery,
    private readonly processes: LiveProcessesQuery
  ) {}

  async check() {
    const { due, oldestDueSeconds, failed } = await this.figures.run(this.clock.now())
    const workers = await this.processes.count('worker', this.clock.now())
    const details = { due, oldest_due_seconds: oldestDueSeconds, failed, workers }
    if (workers === 0)
      return { status: 'unhealthy' as const, message: 'no worker is running: nothing is sent', details }
    if (oldestDueSeconds > SLOW_SECONDS) {
      return { status: 'degraded' as const, message: `a job has been waiting for ${oldestDueSeconds} s`, details }
    }
    return { status: 'healthy' as const, details }
  }
}
