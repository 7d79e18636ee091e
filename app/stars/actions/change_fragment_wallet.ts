import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import { WalletVault } from '#ton/wallet_vault'

/**
 * Stores the 24 words of the TON wallet (W5) that pays Fragment; they are encrypted and can't be read out again. The
 * former wallet is retired, what it has in flight is still watched. Refuses with `mnemonic_invalid`.
 */
@inject()
export class ChangeFragmentWallet {
  constructor(
    private audit: Audit,
    private vault: WalletVault,
    private fulfilments: Fulfilments
  ) {}

  async handle({ mnemonic, actor }: { mnemonic: string; actor: Actor }) {
    const wallet = await this.vault.read(mnemonic)
    if (!wallet) return refuse('mnemonic_invalid')

    return transaction(async (trx) => {
      const before = await this.vault.current('fragment', trx)
      const adminId = actor.type === 'admin' ? actor.id : null
      const stored = await this.vault.store(trx, 'fragment', wallet, mnemonic, adminId)
      await this.fulfilments.resumeWaiting(trx, ['not_configured', 'low_balance'])
      await this.audit.record(trx, {
        actor,
        action: 'fragment_wallet.changed',
        subjectType: 'ton_wallet',
        subjectId: stored.id,
        before: { address: before?.address ?? null },
        after: { address: stored.address },
      })
      return ok({ address: stored.address })
    })
  }
}
