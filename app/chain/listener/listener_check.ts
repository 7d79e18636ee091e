import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { ChainStatusQuery } from '#chain/queries/chain_status_query'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'

const SILENT_MS = 60_000

/** So many blocks beyond those that confirmations take. */
const FAR_BEHIND = 50

/** Whether the chain is followed: deposits arrive, entries count, winners are told. */
@inject()
export class ListenerCheck implements HealthCheck {
  readonly name = 'chain_listener'
  readonly critical = false

  constructor(
    private chain: Chain,
    private query: ChainStatusQuery
  ) {}

  async check(): Promise<HealthFinding> {
    const status = await this.query.run()
    if (!status) return { status: 'degraded', message: 'the chain has not been read yet: run chain:listen' }
    const { block, head, lag, confirmedBlock, stopped, silentForMs, waiting, problems } = status
    const details = { block, head, confirmed: confirmedBlock, waiting_events: waiting, problem_events: problems }
    const unhealthy = (message: string): HealthFinding => ({ status: 'unhealthy', message, details })
    const degraded = (message: string): HealthFinding => ({ status: 'degraded', message, details })
    if (stopped) return unhealthy(stopped)
    if (silentForMs > SILENT_MS) return unhealthy(`nobody has read the chain for ${Math.round(silentForMs / 1000)} s`)
    if (problems > 0) return degraded(`${problems} events could not take effect`)
    if (lag > this.chain.required.confirmations + FAR_BEHIND) return degraded(`${lag} blocks behind`)
    return { status: 'healthy', details }
  }
}
