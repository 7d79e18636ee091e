import { inject } from '@adonisjs/core'
import { KeyVault } from '#chain/keys/key_vault'
import ChainWallet from '#chain/models/chain_wallet'
import { transaction } from '#core/database/transaction'

const PAGE = 200

/**
 * Closes the data keys of all wallets with the current key of the wrapper, one wallet at a time, while everything runs.
 * It may be interrupted and repeated.
 */
@inject()
export class RotateKeys {
  constructor(private vault: KeyVault) {}

  async run(signal?: AbortSignal): Promise<{ wallets: number; rewrapped: number }> {
    const tally = { wallets: 0, rewrapped: 0 }
    for (let after = 0; !signal?.aborted;) {
      const page = await ChainWallet.query().where('id', '>', after).orderBy('id').limit(PAGE).select('id')
      if (page.length === 0) break
      for (const { id } of page) {
        if (signal?.aborted) break
        const isNew = await transaction((trx) => this.vault.rewrap(trx, id))
        tally.wallets++
        if (isNew) tally.rewrapped++
      }
      after = page.at(-1)!.id
    }
    return tally
  }
}
