import { sqliteStatements } from '#core/database/sqlite_statements'
import type { Trx } from '#core/database/transaction'
import { mayHold } from '#ledger/accounts'
import type { Movement } from '#ledger/posting/movements'
import type { PostOutcome, PostRequest } from '#ledger/posting/post_request'

export const SQL = {
  known: 'SELECT id, fingerprint FROM ledger_transfers WHERE idempotency_key = ?',
  account: 'SELECT id, balance, updated_at FROM ledger_accounts WHERE code = ?',
  open: `INSERT INTO ledger_accounts (code, kind, currency, customer_id, name, balance, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, 0, ?, ?) RETURNING id, balance, updated_at`,
  transfer: `INSERT INTO ledger_transfers (kind, idempotency_key, fingerprint, reference_type, reference_id, actor_type,
    actor_id, actor_name, corrects_id, note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  balance: 'UPDATE ledger_accounts SET balance = ?, updated_at = ? WHERE id = ?',
  entry: `INSERT INTO ledger_entries (transfer_id, account_id, account_kind, currency, amount, balance, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
}

interface Change extends Movement {
  id: number
  balance: bigint
}

export type Run = Awaited<ReturnType<typeof sqliteStatements>>

/**
 * The transaction has the only write lock there is, so reading first and writing later is safe. Accounts go in the
 * order of their ids: of two that refuse, the first one is told, as everywhere.
 */
export async function postOnSqlite(trx: Trx, request: PostRequest): Promise<PostOutcome> {
  const run = await sqliteStatements(trx)
  const known = run(SQL.known).get(request.key)
  if (known) {
    return known.fingerprint === request.fingerprint ? { outcome: 'repeated', id: known.id } : { outcome: 'conflict' }
  }
  const accounts = request.movements.map((movement) => ({ movement, ...openAccount(run, movement, request.now) }))
  const changes: Change[] = []
  for (const { movement, id, balance } of accounts.sort((one, other) => one.id - other.id)) {
    const available = BigInt(balance)
    const change = { ...movement, id, balance: available + movement.amount }
    if (!mayHold(movement.account.kind, change.balance)) {
      return { outcome: 'refused', code: movement.account.code, available }
    }
    changes.push(change)
  }
  const moment = Math.max(request.now, ...accounts.map((account) => account.updated_at))
  return { outcome: 'posted', id: write(run, request, changes, moment) }
}

export function openAccount(run: Run, { account }: Movement, now: number) {
  const { code, kind, currency, customerId, name } = account
  return run(SQL.account).get(code) ?? run(SQL.open).get(code, kind, currency, customerId, name, now, now)
}

function write(run: Run, request: PostRequest, changes: Change[], moment: number): number {
  const { kind, key, fingerprint, reference, actor, corrects, note } = request
  const transfer = run(SQL.transfer).get(
    ...[kind, key, fingerprint, reference?.type ?? null, reference ? String(reference.id) : null],
    ...[actor.type, actor.id, actor.name.slice(0, 100), corrects, note, moment]
  )
  for (const { id, account, amount, balance } of changes) {
    run(SQL.balance).run(balance, moment, id)
    run(SQL.entry).run(transfer.id, id, account.kind, account.currency, amount, balance, moment)
  }
  return transfer.id
}
