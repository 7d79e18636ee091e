import { Gauge } from 'prom-client'
import type { Clock } from '#core/clock'
import { sharedReading } from '#system/metrics/shared_reading'
import type { PaymentProviders } from '#payments/providers/payment_providers'
import { CIRCUIT_STATES } from '#system/circuits/circuit'
import { paymentFigures } from '#payments/watch/payment_figures'

/** Gauges that are read when Prometheus asks. */
export function registerPaymentGauges(clock: Clock, providers: PaymentProviders) {
  const figures = sharedReading(() => paymentFigures(clock.now()))

  new Gauge({
    name: 'kontora_breaker_state',
    help: 'Circuit breakers of this process: 0 closed, 1 half open, 2 open',
    labelNames: ['provider'],
    collect() {
      for (const { name, breaker } of providers.all()) {
        this.set({ provider: name }, CIRCUIT_STATES.indexOf(breaker.state))
      }
    },
  })

  new Gauge({
    name: 'kontora_payments_waiting',
    help: 'Webhooks not yet looked into, and payments that a person must settle; counted up to 10000',
    labelNames: ['what'],
    async collect() {
      const reading = await figures()
      this.reset()
      if (!reading) return
      this.set({ what: 'webhooks' }, reading.webhooksWaiting)
      this.set({ what: 'to_settle' }, reading.openBreaks)
    },
  })

  new Gauge({
    name: 'kontora_webhook_oldest_seconds',
    help: 'How long the oldest webhook has been waiting',
    async collect() {
      const reading = await figures()
      this.reset()
      if (reading) this.set(reading.oldestWebhookSeconds)
    },
  })
}
