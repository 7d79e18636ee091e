import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import { FragmentGateway } from '#stars/fulfilment/fragment/fragment_gateway'
import { FragmentSessions } from '#stars/fulfilment/fragment/fragment_sessions'
import { tonOf } from '#stars/pricing/terms'
import { fragmentDailyBudget } from '#stars/settings'
import type { CircuitStateName } from '#system/circuits/circuit'
import type TonTransfer from '#ton/models/ton_transfer'
import { TonApi } from '#ton/ton_api'
import { TonPayments } from '#ton/ton_payments'
import { WalletVault } from '#ton/wallet_vault'

export interface FragmentStatus {
  session: { storedAt: number; checkedAt: number | null; expiredAt: number | null } | null
  wallet: { address: string; storedAt: number; spentToday: Money; budget: Money; inFlight: TonTransfer | null } | null
  /** Null when the node does not answer. */
  balance: Money | null
  /** Of the process that answers. */
  breakers: { fragment: CircuitStateName; ton: CircuitStateName }
}

const DAY = 24 * 60 * 60 * 1000

/** How the way to Fragment stands, for the panel. Shows no secret. */
@inject()
export class FragmentStatusQuery {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private sessions: FragmentSessions,
    private gateway: FragmentGateway,
    private vault: WalletVault,
    private payments: TonPayments,
    private api: TonApi
  ) {}

  async run(): Promise<FragmentStatus> {
    const session = await this.sessions.latest()
    const wallet = await this.vault.current('fragment')
    const now = this.clock.now()
    return {
      session: session && {
        storedAt: session.createdAt,
        checkedAt: session.checkedAt,
        expiredAt: session.expiredAt,
      },
      wallet: wallet && {
        address: wallet.address,
        storedAt: wallet.createdAt,
        spentToday: await this.payments.spentSince(wallet, now - (now % DAY)),
        budget: tonOf(await this.settings.get(fragmentDailyBudget)),
        inFlight: await this.payments.inFlight(wallet),
      },
      balance: wallet && (await this.#balance(wallet.address)),
      breakers: { fragment: this.gateway.breakerState, ton: this.api.breakerState },
    }
  }

  async #balance(address: string): Promise<Money | null> {
    try {
      const { balance } = await this.api.account(address)
      return Money.of(balance, 'TON')
    } catch {
      return null
    }
  }
}
