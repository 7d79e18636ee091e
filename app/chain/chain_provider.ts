import type { ApplicationService } from '@adonisjs/core/types'
import { Chain, ChainOf, chainFromEnvironment } from '#chain/chain_config'
import { EventEffects } from '#chain/listener/event_effects'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { chainSettings } from '#chain/settings'
import { Settings } from '#core/contracts/settings'

export default class ChainProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(Chain, () => new ChainOf(chainFromEnvironment()))
    container.singleton(OperationHandlers, () => new OperationHandlers())
    container.singleton(EventEffects, () => new EventEffects())
    container.singleton(ChainRpc, async (resolver) => new ChainRpc(await resolver.make(Chain)))
  }

  async boot() {
    const settings = await this.app.container.make(Settings)
    settings.register(chainSettings)
  }
}
