import type { ChainConfig } from '#chain/chain_config'
import ChainCursor from '#chain/models/chain_cursor'
import type { Trx } from '#core/database/transaction'

/** The block up to which the chain has been read: nobody can have paid to an address that is made now before it. */
export async function readUpTo(trx: Trx, { chainId, startBlock }: ChainConfig): Promise<number> {
  const cursor = await ChainCursor.query({ client: trx }).where({ chainId }).orderBy('block_number').first()
  return cursor?.blockNumber ?? startBlock ?? 0
}
