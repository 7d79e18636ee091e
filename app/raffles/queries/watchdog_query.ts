import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import RaffleWatch from '#raffles/models/raffle_watch'

/** The contract as it was found last; null while nobody has looked. */
@inject()
export class WatchdogQuery {
  constructor(private chain: Chain) {}

  async run(): Promise<RaffleWatch | null> {
    const { config } = this.chain
    if (!config) return null
    return RaffleWatch.findBy({ chainId: config.chainId, contractKey: config.raffle.toLowerCase() })
  }
}
