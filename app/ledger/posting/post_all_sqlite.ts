import { sqliteStatements } from '#core/database/sqlite_statements'
import type { Trx } from '#core/database/transaction'
import { ok, type Result } from '#core/result'
import type { LockedAccount } from '#ledger/posting/account_locks'
import { answersOf, planBatch, type Batch, type BatchState } from '#ledger/posting/batch'
import type { PostRequest } from '#ledger/posting/post_request'
import { openAccount, SQL, type Run } from '#ledger/posting/post_sqlite'
import type { Posted } from '#ledger/transfer_input'

const REVERSED = `SELECT id FROM ledger_transfers WHERE corrects_id = ? AND kind = 'reversal'`

/** The transaction has the only write lock there is: an account is read and written once, however often it is moved. */
export async function postAllOnSqlite(trx: Trx, requests: readonly PostRequest[]): Promise<Result<Posted[]>> {
  const run = await sqliteStatements(trx)
  const state = stateOf(run, requests)
  const planned = planBatch(requests, state)
  if (!planned.ok) return planned
  if (planned.value.written.length > 0) write(run, planned.value, state.accounts)
  return ok(answersOf(planned.value))
}

function stateOf(run: Run, requests: readonly PostRequest[]): BatchState {
  const accounts = new Map<string, LockedAccount>()
  const state = { accounts, known: new Map(), reversed: new Set<number>() }
  for (const { key, kind, corrects, movements, now } of requests) {
    if (corrects !== null && kind !== 'reversal' && run(REVERSED).get(corrects)) state.reversed.add(corrects)
    const known = run(SQL.known).get(key)
    if (known) state.known.set(key, known)
    for (const movement of movements) {
      const { code } = movement.account
      if (accounts.has(code)) continue
      const { id, balance, updated_at: updatedAt } = openAccount(run, movement, now)
      accounts.set(code, { id, code, balance: BigInt(balance), updatedAt })
    }
  }
  return state
}

function write(run: Run, { written, entries }: Batch, accounts: BatchState['accounts']) {
  const moment = Math.max(written[0].request.now, ...[...accounts.values()].map(({ updatedAt }) => updatedAt))
  for (const { request, transfer } of written) {
    const { kind, key, fingerprint, reference, actor, corrects, note } = request
    transfer.id = run(SQL.transfer).get(
      ...[kind, key, fingerprint, reference?.type ?? null, reference ? String(reference.id) : null],
      ...[actor.type, actor.id, actor.name.slice(0, 100), corrects, note, moment]
    ).id
  }
  for (const { transfer, accountId, kind, currency, amount, balance } of entries) {
    run(SQL.entry).run(transfer.id, accountId, kind, currency, amount, balance, moment)
  }
  const moved = new Set(entries.map(({ accountId }) => accountId))
  for (const { id, balance } of accounts.values()) if (moved.has(id)) run(SQL.balance).run(balance, moment, id)
}
