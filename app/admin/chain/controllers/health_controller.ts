import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Chain } from '#chain/chain_config'
import { networkName } from '#chain/networks'
import { ChainStatusQuery } from '#chain/queries/chain_status_query'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { WatchdogQuery } from '#raffles/queries/watchdog_query'
import { panelText } from '#admin/shared/words'

/** How far the chain is read, which nodes answer, and what the watchdog of the raffle sees. */
@inject()
export default class HealthController {
  constructor(
    private chain: Chain,
    private status: ChainStatusQuery,
    private rpc: ChainRpc,
    private watchdog: WatchdogQuery
  ) {}

  async index({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    const { config } = this.chain
    return view.render('admin/chain/health/index', {
      ...{ config, network: config && networkName(config.chainId), status: await this.status.run() },
      ...{ nodes: config ? this.rpc.status() : [], watch: await this.watchdog.run() },
    })
  }

  /** Asks every node where it stands, now. */
  async store({ bouncer, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    if (this.chain.config) {
      await this.rpc.survey()
      session.flash('success', panelText('chain.health.surveyed'))
    }
    return response.redirect().toPath('/admin/chain')
  }
}
