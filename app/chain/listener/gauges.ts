import { Gauge } from 'prom-client'
import { sharedReading } from '#system/metrics/shared_reading'
import type { ChainStatus, ChainStatusQuery } from '#chain/queries/chain_status_query'

const GAUGES: Array<[name: string, help: string, value: (status: ChainStatus) => number]> = [
  ['kontora_chain_head_block', 'Newest block of the chain when nodes were asked last', ({ head }) => head],
  ['kontora_chain_lag_blocks', 'Blocks of the chain that have not been read', ({ lag }) => lag],
  ['kontora_chain_confirmed_block', 'Events up to this block have taken effect', (status) => status.confirmedBlock],
  ['kontora_chain_silent_seconds', 'Since the listener wrote how far it is', (status) => status.silentForMs / 1000],
  ['kontora_chain_waiting_events', 'Events without their effect; counted up to 10000', ({ waiting }) => waiting],
  [
    'kontora_chain_problem_events',
    'Events that could not take effect; counted up to 10000',
    (status) => status.problems,
  ],
  [
    'kontora_chain_stopped',
    'Whether the listener stands still until a person lets it go on',
    (status) => Number(status.stopped !== null),
  ],
]

/** Of the database: they tell of the listener wherever it runs. */
export function registerChainGauges(query: ChainStatusQuery) {
  const reading = sharedReading(() => query.run())
  for (const [name, help, value] of GAUGES) {
    new Gauge({
      name,
      help,
      labelNames: ['chain'],
      async collect() {
        const status = await reading()
        this.reset()
        if (status) this.set({ chain: status.chainId }, value(status))
      },
    })
  }
}
