import type { Trx } from '#core/database/transaction'
import ChainEvent from '#chain/models/chain_event'

/** Whose wallet the player is; null when they are nobody of ours. */
export async function customerOf(trx: Trx, { chainId, toKey }: ChainEvent): Promise<number | null> {
  const wallet = await trx
    .from('chain_wallets')
    .where({ chain_id: chainId, address_key: toKey, owner: 'customer' })
    .select('customer_id')
    .first()
  return wallet?.customer_id ?? null
}

/**
 * What this entry paid, in minor units: the transfer to the contract that stands before it in its transaction, or
 * behind it. Null when there is none that we follow.
 */
export async function feeOf(trx: Trx, event: ChainEvent): Promise<bigint | null> {
  const payments = await ChainEvent.query({ client: trx })
    .where({ chainId: event.chainId, blockHash: event.blockHash, txHash: event.txHash, name: 'Transfer' })
    .where({ fromKey: event.toKey!, toKey: event.contractKey })
    .orderBy('logIndex')
  const before = payments.findLast(({ logIndex }) => logIndex < event.logIndex)
  return (before ?? payments[0])?.amount ?? null
}

/** The block's own time when it is known still, otherwise now. */
export async function momentOf(trx: Trx, { chainId, blockHash }: ChainEvent, now: number): Promise<number> {
  const block = await trx.from('chain_blocks').where({ chain_id: chainId, hash: blockHash }).select('mined_at').first()
  return block ? Number(block.mined_at) : now
}
