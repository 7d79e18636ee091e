import { isPostgres, rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import type { AccountRef } from '#ledger/accounts'

export interface LockedAccount {
  id: number
  code: string
  balance: bigint
  updatedAt: number
}

/** Those that exist, by code, locked in the order of their ids, as every posting does. */
export async function lockAccounts(trx: Trx, accounts: readonly AccountRef[]): Promise<Map<string, LockedAccount>> {
  const codes = [...new Set(accounts.map(({ code }) => code))]
  const rows = rowsOf<{ id: number; code: string; balance: number; updated_at: number }>(
    await (isPostgres()
      ? trx.rawQuery(`${SELECT} WHERE code = ANY (?) ORDER BY id FOR UPDATE`, [codes] as any[])
      : trx.rawQuery(`${SELECT} WHERE code IN (SELECT value FROM json_each(?)) ORDER BY id`, [JSON.stringify(codes)]))
  )
  return new Map(
    rows.map(({ id, code, balance, updated_at: updatedAt }) => [
      code,
      { id, code, balance: BigInt(balance), updatedAt },
    ])
  )
}

const SELECT = 'SELECT id, code, balance, updated_at FROM ledger_accounts'
