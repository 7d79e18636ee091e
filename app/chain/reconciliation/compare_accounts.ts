import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import ChainWallet from '#chain/models/chain_wallet'
import type { ReconciliationLine } from '#chain/models/chain_reconciliation'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { inParallel } from '#chain/sender/in_parallel'

const PAGE = 500
const AT_ONCE = 8

/**
 * The nonces of our wallets: whatever the chain has of them at the block must be a transaction of ours. One more is the
 * work of somebody else who has the key; balances would not tell, since the books follow the chain.
 */
@inject()
export class CompareAccounts {
  constructor(private rpc: ChainRpc) {}

  async run(chainId: number, block: number, signal?: AbortSignal): Promise<ReconciliationLine[]> {
    const lines: ReconciliationLine[] = []
    for (let after = 0; !signal?.aborted;) {
      const page = await ChainWallet.query().where({ chainId }).where('id', '>', after).orderBy('id').limit(PAGE)
      if (page.length === 0) break
      await inParallel(page, AT_ONCE, async ({ address, addressKey }) => {
        const sent = await this.rpc.nonce(address, block)
        const ours = await this.#ours(chainId, addressKey, sent)
        if (ours !== sent) lines.push({ kind: 'nonce', subject: address, ours: String(ours), chain: String(sent) })
      })
      after = page.at(-1)!.id
    }
    return lines
  }

  async #ours(chainId: number, fromKey: string, below: number): Promise<number> {
    if (below === 0) return 0
    const [{ count }] = await db
      .from('chain_txs')
      .where({ chain_id: chainId, from_key: fromKey })
      .where('nonce', '<', below)
      .count('* as count')
    return Number(count)
  }
}
