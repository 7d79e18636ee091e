import { inject } from '@adonisjs/core'
import { Alerts } from '#core/contracts/alerts'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { FragmentSessionExpired } from '#stars/fulfilment/fragment/fragment_errors'
import { FragmentGateway } from '#stars/fulfilment/fragment/fragment_gateway'
import { SpendingGuard } from '#stars/fulfilment/fragment/spending_guard'
import { fulfilmentProvider } from '#stars/settings'
import { WalletVault } from '#ton/wallet_vault'

const MINUTE = 60_000
const EXPIRED = 'fragment:session_expired'

/** Keeps the session of Fragment alive and watches the wallet, so that trouble is known before an order meets it. */
@inject()
export class LookAfterFragment implements Tick {
  readonly name = 'stars.look_after_fragment'
  readonly everyMs = 15 * MINUTE

  constructor(
    private settings: Settings,
    private alerts: Alerts,
    private gateway: FragmentGateway,
    private guard: SpendingGuard,
    private vault: WalletVault
  ) {}

  async run() {
    if ((await this.settings.get(fulfilmentProvider)) !== 'fragment') return
    await this.#visit()
    const wallet = await this.vault.current('fragment')
    if (wallet) await this.guard.watch(wallet).catch(() => {})
  }

  /** What else may be wrong with Fragment is for the health page. */
  async #visit() {
    try {
      await this.gateway.ask((api) => api.visit())
      await this.alerts.resolve(EXPIRED)
    } catch (error) {
      if (!(error instanceof FragmentSessionExpired)) return
      await this.alerts.raise({
        kind: 'orders',
        severity: 'warning',
        fingerprint: EXPIRED,
        title: 'Fragment takes the stored session no more',
        details: { next: 'Log in to Fragment and store its cookies anew' },
      })
    }
  }
}
