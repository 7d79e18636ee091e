import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'

export interface MirroredWallet {
  id: number
  address: string
  /** Minor units of USDT. */
  balance: bigint
}

/**
 * What our books held at a block: what they hold now without the effects of later blocks. Each row is one statement's
 * view of both, so that the listener may go on meanwhile.
 */
const laterInto = (key: string) => later(`e.to_key = ${key}`)
const laterOutOf = (key: string) => later(`e.from_key = ${key}`)

const later = (side: string) => `(SELECT COALESCE(SUM(e.amount), 0) FROM chain_events e
  WHERE e.chain_id = :chain AND e.name = 'Transfer' AND e.status = 'confirmed' AND e.block_number > :block AND ${side})`

/** Customers' wallets after that id, in order. */
export async function mirroredWallets(chain: number, block: number, after: number, limit: number) {
  const rows = rowsOf<{ id: number; address: string; balance: string | number }>(
    await db.rawQuery(
      `SELECT w.id, w.address,
         COALESCE(a.balance, 0) - ${laterInto('w.address_key')} + ${laterOutOf('w.address_key')} AS balance
       FROM chain_wallets w
       LEFT JOIN ledger_accounts a ON a.customer_id = w.customer_id AND a.currency = 'USDT' AND a.kind = 'custody'
       WHERE w.chain_id = :chain AND w.owner = 'customer' AND w.id > :after
       ORDER BY w.id LIMIT :limit`,
      { chain, block, after, limit }
    )
  )
  return rows.map(({ id, address, balance }): MirroredWallet => ({ id: Number(id), address, balance: BigInt(balance) }))
}

/** The raffle's pool. */
export async function mirroredPool(chain: number, block: number, raffle: string): Promise<bigint> {
  const [{ balance }] = rowsOf<{ balance: string | number }>(
    await db.rawQuery(
      `SELECT COALESCE((SELECT balance FROM ledger_accounts WHERE code = 'USDT:system:raffle'), 0)
         - ${laterInto(':raffle')} + ${laterOutOf(':raffle')} AS balance`,
      { chain, block, raffle }
    )
  )
  return BigInt(balance)
}

/** Custody of customers who have no wallet on this chain, so that no money is in the books for nothing. */
export async function custodyWithoutWallet(chain: number): Promise<bigint> {
  const [{ balance }] = rowsOf<{ balance: string | number }>(
    await db.rawQuery(
      `SELECT COALESCE(SUM(a.balance), 0) AS balance FROM ledger_accounts a
       WHERE a.currency = 'USDT' AND a.kind = 'custody' AND NOT EXISTS (
         SELECT 1 FROM chain_wallets w WHERE w.customer_id = a.customer_id AND w.chain_id = :chain)`,
      { chain }
    )
  )
  return BigInt(balance)
}
