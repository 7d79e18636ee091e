import db from '@adonisjs/lucid/services/db'
import type { Trx } from '#core/database/transaction'
import type ChainWallet from '#chain/models/chain_wallet'

/**
 * Wei that a wallet gave away or paid for gas since a moment, of what is signed and may be mined. To a billionth or so:
 * sums of wei are beyond SQLite's integers.
 */
export async function gasSpentSince(
  { chainId, addressKey }: Pick<ChainWallet, 'chainId' | 'addressKey'>,
  since: number,
  trx?: Trx
): Promise<bigint> {
  const client = trx ?? db
  const { spent } = await client
    .from('chain_txs')
    .where({ chain_id: chainId, from_key: addressKey })
    .where('created_at', '>=', since)
    .whereNotIn('status', ['reverted', 'replaced'])
    .select(
      client.raw(
        `SUM(CAST(value AS DOUBLE PRECISION) + COALESCE(gas_used * CAST(gas_price AS DOUBLE PRECISION), 0)) AS spent`
      )
    )
    .firstOrFail()
  return BigInt(Math.ceil(Number(spent ?? 0)))
}
