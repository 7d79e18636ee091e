import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { Money } from '#core/money/money'
import type { WithdrawalStatus } from '#chain/values'

const DAY_MS = 86_400_000

/** Nothing was taken by them, and nothing will be. */
const VOID: readonly WithdrawalStatus[] = ['rejected', 'cancelled', 'failed']
/** Accepted, and not in a block yet: the wallet's balance does not tell of them. */
const PROMISED: readonly WithdrawalStatus[] = ['awaiting_approval', 'waiting', 'sending']

/** What the customer has withdrawn in the last 24 hours, or is about to, however long ago it was asked for. */
export async function withdrawnLately(client: QueryClientContract, customerId: number, now: number): Promise<Money> {
  const rows = lately(client, customerId, now).whereNotIn('status', [...VOID])
  return sumOf(await rows.sum('amount as sum'))
}

/**
 * How many times the customer has withdrawn in the last 24 hours, or is about to. One that came to nothing counts when
 * transactions were sent for it: they cost gas.
 */
export async function withdrawalsLately(client: QueryClientContract, customerId: number, now: number): Promise<number> {
  const txs = client.from('chain_txs').whereColumn('chain_txs.operation_id', 'chain_withdrawals.operation_id')
  const rows = lately(client, customerId, now).where((query) =>
    query.whereNotIn('status', [...VOID]).orWhereExists(txs.select('chain_txs.id'))
  )
  const [{ count }] = await rows.count('* as count')
  return Number(count)
}

/** What of the wallet's balance is promised to withdrawals, `exceptId` aside, and to an entry that is on its way. */
export async function promisedOf(client: QueryClientContract, walletId: number, exceptId = 0): Promise<Money> {
  const entries = client
    .from('chain_operations')
    .where({ wallet_id: walletId, kind: 'enter' })
    .whereNull('finished_at')
    .whereNot('status', 'awaiting_confirmations')
  const withdrawals = client
    .from('chain_withdrawals')
    .where('wallet_id', walletId)
    .whereIn('status', [...PROMISED])
    .whereNot('id', exceptId)
  return sumOf(await entries.sum('amount as sum')).add(sumOf(await withdrawals.sum('amount as sum')))
}

/** Those that are not over, and those that ended in the last 24 hours. */
const lately = (client: QueryClientContract, customerId: number, now: number) =>
  client
    .from('chain_withdrawals')
    .where('customer_id', customerId)
    .where((query) => query.whereNull('finished_at').orWhere('finished_at', '>', now - DAY_MS))

const sumOf = ([{ sum }]: any[]) => Money.of(BigInt(sum ?? 0), 'USDT')
