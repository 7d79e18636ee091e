import { rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import type { AccountRef } from '#ledger/accounts'
import { lockAccounts, type LockedAccount } from '#ledger/posting/account_locks'
import { answersOf, planBatch, type Batch, type Known } from '#ledger/posting/batch'
import { columns } from '#ledger/posting/columns'
import type { PostRequest } from '#ledger/posting/post_request'
import type { Posted } from '#ledger/transfer_input'

const SQL = {
  open: `INSERT INTO ledger_accounts (code, kind, currency, customer_id, name, created_at, updated_at)
    SELECT n.code, n.kind, n.currency, n.customer_id, n.name, n.now, n.now
    FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[])
      AS n (code, kind, currency, customer_id, name, now)
    ORDER BY n.code ON CONFLICT ON CONSTRAINT ledger_accounts_code_key DO NOTHING`,
  known: 'SELECT id, idempotency_key AS key, fingerprint FROM ledger_transfers WHERE idempotency_key = ANY (?)',
  corrected: 'SELECT id FROM ledger_transfers WHERE id = ANY (?) ORDER BY id FOR UPDATE',
  reversed: `SELECT corrects_id FROM ledger_transfers WHERE kind = 'reversal' AND corrects_id = ANY (?)`,
  transfers: `INSERT INTO ledger_transfers (kind, idempotency_key, fingerprint, reference_type, reference_id,
      actor_type, actor_id, actor_name, corrects_id, note, created_at)
    SELECT kind, key, fingerprint, reference_type, reference_id, actor_type, actor_id, actor_name, corrects_id, note, now
    FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
      ?::text[], ?::bigint[]) WITH ORDINALITY AS n (kind, key, fingerprint, reference_type, reference_id, actor_type,
      actor_id, actor_name, corrects_id, note, now, place)
    ORDER BY place ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`,
  entries: `INSERT INTO ledger_entries (transfer_id, account_id, account_kind, currency, amount, balance, created_at)
    SELECT transfer_id, account_id, kind, currency, amount, balance, now
    FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
      WITH ORDINALITY AS n (transfer_id, account_id, kind, currency, amount, balance, now, place) ORDER BY place`,
  balances: `UPDATE ledger_accounts a SET balance = n.balance, updated_at = n.now
    FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS n (id, balance, now) WHERE a.id = n.id`,
}

/**
 * A few statements post all of it. What each transfer comes to is worked out here with the balances under lock: a
 * batch is refused by the same rules as a single transfer.
 */
export async function postAllOnPostgres(trx: Trx, requests: readonly PostRequest[]): Promise<Result<Posted[]>> {
  const reversed = await reversedOf(trx, requests)
  const accounts = await openAndLock(trx, requests)
  const planned = planBatch(requests, { accounts, reversed, known: await knownOf(trx, requests) })
  if (!planned.ok) return planned
  if (planned.value.written.length > 0 && !(await write(trx, planned.value, accounts)))
    return refuse('idempotency_conflict')
  return ok(answersOf(planned.value))
}

/** Corrected rows are locked before accounts, as by whoever reverses one of them. */
async function reversedOf(trx: Trx, requests: readonly PostRequest[]): Promise<Set<number>> {
  const corrected = requests.filter(({ corrects, kind }) => corrects !== null && kind !== 'reversal')
  if (corrected.length === 0) return new Set()
  const ids = [...new Set(corrected.map(({ corrects }) => corrects))]
  await trx.rawQuery(SQL.corrected, [ids] as any[])
  const rows = rowsOf<{ corrects_id: number }>(await trx.rawQuery(SQL.reversed, [ids] as any[]))
  return new Set(rows.map((row) => row.corrects_id))
}

async function openAndLock(trx: Trx, requests: readonly PostRequest[]): Promise<Map<string, LockedAccount>> {
  const refs = new Map<string, AccountRef>()
  for (const { movements } of requests) for (const { account } of movements) refs.set(account.code, account)
  const codes = [...refs.keys()]
  const found = rowsOf<{ code: string }>(
    await trx.rawQuery('SELECT code FROM ledger_accounts WHERE code = ANY (?)', [codes] as any[])
  )
  const existing = new Set(found.map(({ code }) => code))
  const missing = [...refs.values()].filter(({ code }) => !existing.has(code))
  if (missing.length > 0) {
    const { now } = requests[0]
    await trx.rawQuery(
      SQL.open,
      columns(missing, (ref) => [ref.code, ref.kind, ref.currency, ref.customerId, ref.name, now])
    )
  }
  return lockAccounts(trx, [...refs.values()])
}

/** Under the locks: whoever posted the same has committed by now. */
async function knownOf(trx: Trx, requests: readonly PostRequest[]): Promise<Map<string, Known>> {
  const rows = rowsOf<{ id: number; key: string; fingerprint: string }>(
    await trx.rawQuery(SQL.known, [requests.map(({ key }) => key)] as any[])
  )
  return new Map(rows.map(({ id, key, fingerprint }) => [key, { id, fingerprint }]))
}

/** False when somebody used one of the keys with other accounts meanwhile. */
async function write(trx: Trx, { written, entries }: Batch, accounts: Map<string, LockedAccount>): Promise<boolean> {
  const moment = Math.max(written[0].request.now, ...[...accounts.values()].map(({ updatedAt }) => updatedAt))
  const ids = rowsOf<{ id: number }>(
    await trx.rawQuery(
      SQL.transfers,
      columns(written, ({ request: { kind, key, fingerprint, reference, actor, corrects, note } }) => [
        ...[kind, key, fingerprint, reference?.type ?? null, reference ? String(reference.id) : null],
        ...[actor.type, actor.id, actor.name.slice(0, 100), corrects, note, moment],
      ])
    )
  )
  if (ids.length < written.length) return false
  for (const [index, { transfer }] of written.entries()) transfer.id = ids[index].id
  await trx.rawQuery(
    SQL.entries,
    columns(entries, ({ transfer, accountId, kind, currency, amount, balance }) => [
      ...[transfer.id, accountId, kind, currency, String(amount), String(balance), moment],
    ])
  )
  const moved = new Set(entries.map(({ accountId }) => accountId))
  const changed = [...accounts.values()].filter(({ id }) => moved.has(id))
  await trx.rawQuery(
    SQL.balances,
    columns(changed, ({ id, balance }) => [id, String(balance), moment])
  )
  return true
}
