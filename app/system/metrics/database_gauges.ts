import { Gauge } from 'prom-client'
import type { Clock } from '#core/clock'
import { HEALTH_STATUSES } from '#core/contracts/health'
import type { HealthMonitor } from '#system/health/health_monitor'
import { poolUse } from '#system/metrics/database_pool'
import { sharedReading } from '#system/metrics/shared_reading'
import { QueueFiguresQuery } from '#system/queries/queue_figures_query'

/** Gauges that are read when Prometheus asks. One that can't be read is left out of the answer. */
export function registerGauges(clock: Clock, monitor: HealthMonitor) {
  const query = new QueueFiguresQuery()
  const queue = sharedReading(() => query.run(clock.now()))

  new Gauge({
    name: 'kontora_db_connections',
    help: 'Connections of the database pool in this process',
    labelNames: ['state'],
    collect() {
      for (const [state, count] of Object.entries(poolUse()))
        this.set({ state: state.replace('connections_', '') }, count)
    },
  })

  new Gauge({
    name: 'kontora_queue_jobs',
    help: 'Jobs that are due or have failed for good; counted up to 10000',
    labelNames: ['state'],
    async collect() {
      const figures = await queue()
      this.reset()
      if (!figures) return
      this.set({ state: 'due' }, figures.due)
      this.set({ state: 'failed' }, figures.failed)
    },
  })

  new Gauge({
    name: 'kontora_queue_oldest_due_seconds',
    help: 'How long the oldest due job has been waiting',
    labelNames: ['queue'],
    async collect() {
      const figures = await queue()
      this.reset()
      if (figures) this.set({ queue: 'default' }, figures.oldestDueSeconds)
    },
  })

  new Gauge({
    name: 'kontora_component_health',
    help: 'Components: 0 healthy, 1 degraded, 2 unhealthy',
    labelNames: ['component'],
    async collect() {
      const { components } = await monitor.report()
      this.reset()
      for (const { name, status } of components) this.set({ component: name }, HEALTH_STATUSES.indexOf(status))
    },
  })
}
