import { inject } from '@adonisjs/core'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'
import { Settings } from '#core/contracts/settings'
import { FragmentGateway } from '#stars/fulfilment/fragment/fragment_gateway'
import { FragmentSessions } from '#stars/fulfilment/fragment/fragment_sessions'
import { tonOf } from '#stars/pricing/terms'
import { fragmentLowBalance, fulfilmentProvider } from '#stars/settings'
import { TonApi } from '#ton/ton_api'
import { WalletVault } from '#ton/wallet_vault'

/** Whether Stars can be bought on Fragment, while that is how orders are delivered. */
@inject()
export class FragmentCheck implements HealthCheck {
  readonly name = 'fragment'
  readonly critical = false

  constructor(
    private settings: Settings,
    private sessions: FragmentSessions,
    private gateway: FragmentGateway,
    private vault: WalletVault,
    private api: TonApi
  ) {}

  async check(): Promise<HealthFinding> {
    if ((await this.settings.get(fulfilmentProvider)) !== 'fragment') {
      return { status: 'healthy', message: 'not used: Stars are delivered by hand' }
    }
    const session = await this.sessions.latest()
    const wallet = await this.vault.current('fragment')
    if (!session || !wallet) return { status: 'unhealthy', message: 'session or wallet is missing' }
    const details = { breaker: this.gateway.breakerState, session_expired: session.isExpired }
    if (session.isExpired) return { status: 'unhealthy', message: 'the session has expired', details }
    if (details.breaker !== 'closed') return { status: 'degraded', message: 'Fragment does not answer', details }

    const { balance } = await this.api.account(wallet.address)
    const low = tonOf(await this.settings.get(fragmentLowBalance))
    const nano = Number(balance / 1_000_000n) / 1000
    if (balance >= low.minor) return { status: 'healthy', details: { ...details, ton: nano } }
    return { status: 'degraded', message: 'the wallet runs low', details: { ...details, ton: nano } }
  }
}
