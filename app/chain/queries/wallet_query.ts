import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import { Usdt } from '#chain/contracts/usdt'
import ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { promisedOf } from '#chain/withdrawals/withdrawal_sums'
import { Money } from '#core/money/money'
import { CustomerBalancesQuery } from '#ledger/queries/customer_balances_query'

export interface WalletState {
  wallet: ChainWallet
  /** On the chain now; null while no node answers. */
  balance: Money | null
  /** Wei; null while no node answers. */
  gas: bigint | null
  /** What our books have of it: confirmed transfers only. */
  confirmed: Money
  /** Of the balance what withdrawals and an entry on its way will take. */
  promised: Money
  /** What the wallet is doing. */
  operation: ChainOperation | null
}

/** A customer's wallet as the chain and as our books have it; null while there is none. */
@inject()
export class WalletQuery {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc,
    private usdt: Usdt
  ) {}

  async run(customerId: number): Promise<WalletState | null> {
    const { config } = this.chain
    const wallet = config && (await ChainWallet.query().where({ chainId: config.chainId, customerId }).first())
    if (!wallet) return null
    const balances = await new CustomerBalancesQuery().run(customerId)
    const operation = await ChainOperation.query().where('walletId', wallet.id).whereNull('finishedAt').first()
    return {
      wallet,
      ...(await this.#onChain(wallet)),
      confirmed: balances.find(({ currency }) => currency === 'USDT')?.custody ?? Money.zero('USDT'),
      promised: await promisedOf(db.connection(), wallet.id),
      operation,
    }
  }

  async #onChain({ address }: ChainWallet): Promise<Pick<WalletState, 'balance' | 'gas'>> {
    try {
      const [balance, gas] = await Promise.all([this.usdt.balance(address), this.rpc.balance(address)])
      return { balance: Money.of(balance, 'USDT'), gas }
    } catch (error) {
      if (error instanceof ChainUnavailable) return { balance: null, gas: null }
      throw error
    }
  }
}
