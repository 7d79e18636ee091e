import { Gauge } from 'prom-client'
import type { Clock } from '#core/clock'
import { sharedReading } from '#system/metrics/shared_reading'
import { outboxFigures } from '#notifications/alerts/outbox_check'

export function registerOutboxGauges(clock: Clock) {
  const figures = sharedReading(() => outboxFigures(clock.now()))

  new Gauge({
    name: 'kontora_outbox_due',
    help: 'Messages that could be sent now; counted up to 10000',
    labelNames: ['lane'],
    async collect() {
      const reading = await figures()
      this.reset()
      if (!reading) return
      this.set({ lane: 'own' }, reading.due)
      this.set({ lane: 'broadcast' }, reading.broadcastDue)
    },
  })

  new Gauge({
    name: 'kontora_outbox_oldest_due_seconds',
    help: 'How long the oldest due message that is no broadcast has been waiting',
    labelNames: ['lane'],
    async collect() {
      const reading = await figures()
      this.reset()
      if (reading) this.set({ lane: 'own' }, reading.oldestDueSeconds)
    },
  })
}
