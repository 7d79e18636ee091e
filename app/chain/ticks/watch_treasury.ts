import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { chainEnabled, etherSetting, treasuryLowBalance } from '#chain/settings'
import { Treasury } from '#chain/treasury/treasury'
import { formatEther } from '#chain/wei'
import { Alerts } from '#core/contracts/alerts'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'

const FINGERPRINT = 'chain:treasury_low'

/** Makes the treasury's wallet when there is none, and calls admins before it can't pay for gas. */
@inject()
export class WatchTreasury implements Tick {
  readonly name = 'chain.watch_treasury'
  readonly everyMs = 60_000

  constructor(
    private chain: Chain,
    private settings: Settings,
    private treasury: Treasury,
    private rpc: ChainRpc,
    private alerts: Alerts
  ) {}

  async run() {
    if (!this.chain.config || !(await this.settings.get(chainEnabled))) return
    const { address } = await this.treasury.wallet()
    const balance = await this.rpc.balance(address)
    const low = await etherSetting(this.settings, treasuryLowBalance)
    if (balance >= low) {
      await this.alerts.resolve(FINGERPRINT)
      return
    }
    await this.alerts.raise({
      kind: 'chain',
      severity: balance === 0n ? 'critical' : 'warning',
      fingerprint: FINGERPRINT,
      title: 'The treasury runs low: entries, withdrawals and draws will wait for gas',
      details: { address, balance: formatEther(balance), low: formatEther(low) },
    })
  }
}
