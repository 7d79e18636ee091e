import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { ethersLibrary } from '#chain/ethers'
import { KeyVault } from '#chain/keys/key_vault'
import ChainWallet from '#chain/models/chain_wallet'
import { readUpTo } from '#chain/read_up_to'
import { chainEnabled } from '#chain/settings'
import { Audit, type Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'

/**
 * The customer's wallet, made when they want it first; no node is asked. Refuses `chain_off`, `customer_not_found` or
 * `customer_banned`; a wallet that exists is never refused.
 */
@inject()
export class CreateWallet {
  constructor(
    private chain: Chain,
    private settings: Settings,
    private vault: KeyVault,
    private audit: Audit
  ) {}

  async run({ customerId, actor }: { customerId: number; actor: Actor }): Promise<Result<ChainWallet>> {
    const { config } = this.chain
    if (!config) return refuse('chain_off')
    const { chainId } = config
    const existing = await ChainWallet.query().where({ chainId, customerId }).first()
    if (existing) return ok(existing)
    await ethersLibrary()

    return transaction(async (trx) => {
      const customer = await Customer.query({ client: trx }).where('id', customerId).forUpdate().first()
      if (!customer || customer.isAnonymised) return refuse('customer_not_found')
      const made = await ChainWallet.query({ client: trx }).where({ chainId, customerId }).first()
      if (made) return ok(made)
      if (customer.isBanned) return refuse('customer_banned')
      if (!(await this.settings.getIn(trx, chainEnabled))) return refuse('chain_off')

      const wallet = await this.vault.create(trx, { owner: 'customer', customerId }, await readUpTo(trx, config))
      await this.audit.record(trx, {
        actor,
        action: 'chain_wallet.created',
        subjectType: 'chain_wallet',
        subjectId: wallet.id,
        after: { address: wallet.address, customer: customerId },
      })
      return ok(wallet)
    })
  }
}
