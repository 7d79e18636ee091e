import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { chainEnabled } from '#chain/settings'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { rafflesEnabled } from '#raffles/settings'

/** Whether anything new may be asked of the raffle: its chain is configured, and nobody has switched either off. */
@inject()
export class RaffleSwitch {
  constructor(
    private chain: Chain,
    private settings: Settings
  ) {}

  async isOn(trx?: Trx): Promise<boolean> {
    if (!this.isConfigured) return false
    for (const setting of [chainEnabled, rafflesEnabled]) {
      const isOn = await (trx ? this.settings.getIn(trx, setting) : this.settings.get(setting))
      if (!isOn) return false
    }
    return true
  }

  get isConfigured() {
    return this.chain.config !== null
  }

  /** Its contract, in lower case. */
  get contract() {
    return this.chain.required.raffle.toLowerCase()
  }
}
