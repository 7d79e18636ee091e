import { Counter } from 'prom-client'

export const reorganisations = new Counter({
  name: 'kontora_chain_reorganisations_total',
  help: 'Times that blocks were replaced and what they said was taken back',
})
