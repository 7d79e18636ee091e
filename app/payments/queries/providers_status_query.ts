import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { ProcessFigures } from '#core/contracts/process_journal'
import { Settings } from '#core/contracts/settings'
import { LiveProcessesQuery } from '#system/processes/live_processes_query'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { CIRCUIT_STATES, type CircuitStateName } from '#system/circuits/circuit'
import { waysEnabled } from '#payments/settings'
import { PROVIDER_NAMES, type ProviderName } from '#payments/values'
import { figuresOf } from '#payments/watch/breaker_watch'

export interface BreakerFigures {
  /** Host and number of the process. */
  process: string
  roles: string[]
  state: CircuitStateName
  /** In a row. */
  failures: number
  openedAt: number | null
}

export interface ProviderStatus {
  provider: ProviderName
  configured: boolean
  /** Switched on in the settings. */
  enabled: boolean
  /** The worst that any process sees. */
  state: CircuitStateName
  breakers: BreakerFigures[]
  lastOkAt: number | null
  lastError: { at: number; message: string } | null
}

/** How every way of paying fares, as all running processes told by their last heartbeat. */
@inject()
export class ProvidersStatusQuery {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private providers: PaymentProviders,
    private processes: LiveProcessesQuery
  ) {}

  async run(): Promise<ProviderStatus[]> {
    const all = await this.processes.all()
    const alive = all.filter((row) => row.isAlive(this.clock.now()))
    return Promise.all(
      PROVIDER_NAMES.map(async (provider) => {
        const told = alive.flatMap((row) => {
          const figures = row.figures[figuresOf(provider)]
          return figures ? [{ process: `${row.host}:${row.pid}`, roles: row.roles, figures }] : []
        })
        return {
          provider,
          configured: this.providers.find(provider) !== undefined,
          enabled: await this.settings.get(waysEnabled[provider]),
          state: worstOf(told.map(({ figures }) => figures.state as CircuitStateName)),
          breakers: told.map(({ figures, ...process }) => ({ ...process, ...breakerOf(figures) })),
          lastOkAt: latest(told.map(({ figures }) => figures.last_ok_at)),
          lastError: lastErrorOf(told.map(({ figures }) => figures)),
        }
      })
    )
  }
}

const worstOf = (states: CircuitStateName[]) =>
  CIRCUIT_STATES[Math.max(...states.map((state) => CIRCUIT_STATES.indexOf(state)), 0)]

const breakerOf = (figures: ProcessFigures) => ({
  state: figures.state as CircuitStateName,
  failures: Number(figures.failures ?? 0),
  openedAt: figures.opened_at as number | null,
})

function latest(moments: ProcessFigures[string][]): number | null {
  const known = moments.filter((moment): moment is number => typeof moment === 'number')
  return known.length > 0 ? Math.max(...known) : null
}

function lastErrorOf(figures: ProcessFigures[]) {
  const at = latest(figures.map(({ last_error_at: moment }) => moment))
  const last = figures.find(({ last_error_at: moment }) => moment === at)
  return at === null ? null : { at, message: String(last!.last_error) }
}
