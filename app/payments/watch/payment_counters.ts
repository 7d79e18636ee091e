import { Counter, Histogram } from 'prom-client'

/** What became of payments, counted when it is committed. */
export const paymentsTotal = new Counter({
  name: 'kontora_payments_total',
  help: 'What the words of providers did to invoices, by provider and effect',
  labelNames: ['provider', 'effect'],
})

/** Calls to providers. */
export const providerSeconds = new Histogram({
  name: 'kontora_provider_call_duration_seconds',
  help: 'Time of one call to a payment provider',
  labelNames: ['provider', 'outcome'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
})
