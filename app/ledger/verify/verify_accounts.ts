import { setImmediate as breathe } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import { mayHold, type AccountKind } from '#ledger/accounts'
import type { Offence, Tally } from '#ledger/verify/offence'

/** Rows of one statement: SQLite answers nobody else meanwhile. */
const ACCOUNTS = 500
const ENTRIES = 2000

interface AccountRow {
  id: number
  code: string
  kind: AccountKind
  balance: number
  last_balance: number | null
  /** Of a held account: what its open holds add up to. */
  open_holds: number | null
}

interface ChainEntry {
  id: number
  account_id: number
  amount: number
  balance: number
  created_at: number
}

/**
 * Stored = summed, in two steps that a running business can't disturb: each entry's balance is the one before plus
 * its amount, from zero on; and what the account stores is the balance of its last entry.
 */
export async function* verifyAccounts(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  for (let after = 0; !signal?.aborted;) {
    const accounts = await accountsAfter(after)
    for (const account of accounts) {
      const fault = faultOf(account)
      if (fault) yield { check: 'account', subject: `account ${account.id} (${account.code})`, fault }
    }
    tally.accounts += accounts.length
    if (accounts.length < ACCOUNTS) break
    after = accounts.at(-1)!.id
    await breathe()
  }
  yield* verifyChains(signal)
}

/** One statement reads an account and its last entry, so that no posting comes in between. */
async function accountsAfter(after: number) {
  return rowsOf<AccountRow>(
    await db.rawQuery(
      `SELECT a.id, a.code, a.kind, a.balance,
         (SELECT e.balance FROM ledger_entries e WHERE e.account_id = a.id
          ORDER BY e.created_at DESC, e.id DESC LIMIT 1) AS last_balance,
         CASE WHEN a.kind = 'held' THEN (SELECT CAST(COALESCE(SUM(h.amount), 0) AS bigint) FROM ledger_holds h
           WHERE h.customer_id = a.customer_id AND h.currency = a.currency AND h.status = 'open') END AS open_holds
       FROM ledger_accounts a WHERE a.id > ? ORDER BY a.id LIMIT ${ACCOUNTS}`,
      [after]
    )
  )
}

function faultOf({ kind, balance, last_balance: last, open_holds: open }: AccountRow) {
  if (balance !== (last ?? 0)) return `stores ${balance} where its entries sum to ${last ?? 0}`
  if (open !== null && balance !== open) return `holds ${balance} where its open holds add up to ${open}`
  return mayHold(kind, BigInt(balance)) ? null : `holds ${balance}, which a ${kind} account can't`
}

async function* verifyChains(signal?: AbortSignal): AsyncGenerator<Offence> {
  let before: ChainEntry | undefined
  while (!signal?.aborted) {
    const entries = await entriesAfter(before)
    for (const entry of entries) {
      const start = before?.account_id === entry.account_id ? before.balance : 0
      if (BigInt(entry.balance) !== BigInt(start) + BigInt(entry.amount)) {
        const fault = `says ${entry.balance} after ${entry.amount} on ${start} in account ${entry.account_id}`
        yield { check: 'entry', subject: `entry ${entry.id}`, fault }
      }
      before = entry
    }
    if (entries.length < ENTRIES) return
    await breathe()
  }
}

/** In the order of the index over accounts and time. */
async function entriesAfter(before: ChainEntry | undefined) {
  const where = before ? 'WHERE (account_id, created_at, id) > (?, ?, ?)' : ''
  return rowsOf<ChainEntry>(
    await db.rawQuery(
      `SELECT id, account_id, amount, balance, created_at FROM ledger_entries ${where}
       ORDER BY account_id, created_at, id LIMIT ${ENTRIES}`,
      before ? [before.account_id, before.created_at, before.id] : []
    )
  )
}
