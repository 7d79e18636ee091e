import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Usdt } from '#chain/contracts/usdt'
import ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { etherSetting, gasDailyBudget, treasuryLowBalance } from '#chain/settings'
import { gasSpentSince } from '#chain/treasury/gas_spent'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'

const DAY_MS = 24 * 60 * 60 * 1000

/** Amounts of the chain's own coin are wei. */
export interface TreasuryState {
  wallet: ChainWallet
  /** Null while no node answers, as `usdt`. */
  balance: bigint | null
  /** It needs none; what was sent by mistake is seen here. */
  usdt: Money | null
  /** In the last 24 hours, what it gave to wallets included. */
  spent: bigint
  budget: bigint
  /** Below that admins are called. */
  low: bigint
  /** What it is doing itself: a draw. */
  operation: ChainOperation | null
}

/** The treasury as the chain and our books have it; null while the chain is off, or until its wallet is made. */
@inject()
export class TreasuryQuery {
  constructor(
    private chain: Chain,
    private clock: Clock,
    private settings: Settings,
    private rpc: ChainRpc,
    private usdt: Usdt
  ) {}

  async run(): Promise<TreasuryState | null> {
    const { config } = this.chain
    const wallet = config && (await ChainWallet.query().where({ chainId: config.chainId, owner: 'treasury' }).first())
    if (!wallet) return null
    return {
      wallet,
      ...(await this.#onChain(wallet)),
      spent: await gasSpentSince(wallet, this.clock.now() - DAY_MS),
      budget: await etherSetting(this.settings, gasDailyBudget),
      low: await etherSetting(this.settings, treasuryLowBalance),
      operation: await ChainOperation.query().where('walletId', wallet.id).whereNull('finishedAt').first(),
    }
  }

  async #onChain({ address }: ChainWallet): Promise<Pick<TreasuryState, 'balance' | 'usdt'>> {
    try {
      const [balance, usdt] = await Promise.all([this.rpc.balance(address), this.usdt.balance(address)])
      return { balance, usdt: Money.of(usdt, 'USDT') }
    } catch (error) {
      if (error instanceof ChainUnavailable) return { balance: null, usdt: null }
      throw error
    }
  }
}
