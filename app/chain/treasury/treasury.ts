import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { ethersLibrary } from '#chain/ethers'
import { KeyVault } from '#chain/keys/key_vault'
import ChainWallet from '#chain/models/chain_wallet'
import { readUpTo } from '#chain/read_up_to'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { isUniqueViolation } from '#core/database/unique_violation'

/** The house's own wallet: it asks for draws and gives gas to the wallets of customers. Its key is made here. */
@inject()
export class Treasury {
  constructor(
    private chain: Chain,
    private vault: KeyVault,
    private audit: Audit
  ) {}

  /** Null until somebody has needed it. */
  find(): Promise<ChainWallet | null> {
    return ChainWallet.query().where({ chainId: this.chain.required.chainId, owner: 'treasury' }).first()
  }

  /** Made when it is needed first. */
  async wallet(): Promise<ChainWallet> {
    const existing = await this.find()
    if (existing) return existing
    await ethersLibrary()
    try {
      return await this.#create()
    } catch (error) {
      const made = isUniqueViolation(error) ? await this.find() : null
      if (!made) throw error
      return made
    }
  }

  #create() {
    return transaction(async (trx) => {
      const from = await readUpTo(trx, this.chain.required)
      const wallet = await this.vault.create(trx, { owner: 'treasury' }, from)
      await this.audit.record(trx, {
        actor: SYSTEM_ACTOR,
        action: 'chain_wallet.created',
        subjectType: 'chain_wallet',
        subjectId: wallet.id,
        after: { address: wallet.address, owner: 'treasury' },
      })
      return wallet
    })
  }
}
