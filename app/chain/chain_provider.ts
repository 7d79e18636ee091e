import type { ApplicationService } from '@adonisjs/core/types'
import { Chain, ChainOf, chainFromEnvironment } from '#chain/chain_config'
import { EventEffects } from '#chain/listener/event_effects'
import { OperationHandlers } from '#chain/operations/operation_handlers'

export default class ChainProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(Chain, () => new ChainOf(chainFromEnvironment()))
    container.singleton(OperationHandlers, () => new OperationHandlers())
    container.singleton(EventEffects, () => new EventEffects())
  }
}
