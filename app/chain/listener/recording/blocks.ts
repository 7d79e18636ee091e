import type { Trx } from '#core/database/transaction'
import type { ChainBlock } from '#chain/rpc/chain_facts'
import db from '@adonisjs/lucid/services/db'

/** A block as it was read, while it may still be replaced. */
export interface KeptBlock {
  number: number
  hash: string
}

export async function keepBlocks(trx: Trx, chainId: number, blocks: readonly ChainBlock[]) {
  if (blocks.length === 0) return
  const rows = blocks.map(({ number, hash, parentHash, minedAt }) => ({
    ...{ chain_id: chainId, number, hash, parent_hash: parentHash, mined_at: minedAt },
  }))
  await trx.knexQuery().table('chain_blocks').insert(rows).onConflict(['chain_id', 'number']).merge()
}

export async function keptBlock(client: Trx | typeof db, chainId: number, number: number): Promise<KeptBlock | null> {
  return client.from('chain_blocks').where({ chain_id: chainId, number }).select('number', 'hash').first()
}

/** From this one down. */
export function keptBlocks(chainId: number, top: number): Promise<KeptBlock[]> {
  const blocks = db.from('chain_blocks').where('chain_id', chainId).where('number', '<=', top)
  return blocks.orderBy('number', 'desc').select('number', 'hash')
}

export async function forgetBlocksAbove(trx: Trx, chainId: number, number: number) {
  await trx.from('chain_blocks').where('chain_id', chainId).where('number', '>', number).delete()
}

export async function forgetBlocksBelow(trx: Trx, chainId: number, number: number) {
  await trx.from('chain_blocks').where('chain_id', chainId).where('number', '<', number).delete()
}
