import { rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { mayHold } from '#ledger/accounts'
import type { Movement } from '#ledger/posting/movements'
import type { PostOutcome, PostRequest } from '#ledger/posting/post_request'

interface AccountRow {
  id: number
  code: string
  balance: number
  updated_at: number
}

interface Change extends Movement {
  id: number
  balance: bigint
}

/** The transaction has the only write lock there is, so reading first and writing later is safe. */
export async function postOnSqlite(trx: Trx, request: PostRequest): Promise<PostOutcome> {
  const known = rowsOf<{ id: number; fingerprint: string }>(
    await trx.rawQuery('SELECT id, fingerprint FROM ledger_transfers WHERE idempotency_key = ?', [request.key])
  )[0]
  if (known) {
    return known.fingerprint === request.fingerprint ? { outcome: 'repeated', id: known.id } : { outcome: 'conflict' }
  }
  const accounts = await openAccounts(trx, request)
  const changes: Change[] = []
  let moment = request.now
  for (const { account, amount } of request.movements) {
    const row = accounts.get(account.code)!
    const balance = BigInt(row.balance) + amount
    if (!mayHold(account.kind, balance))
      return { outcome: 'refused', code: account.code, available: BigInt(row.balance) }
    if (row.updated_at > moment) moment = row.updated_at
    changes.push({ account, amount, id: row.id, balance })
  }
  const id = await insertTransfer(trx, request, moment)
  await writeEntries(trx, id, changes, moment)
  return { outcome: 'posted', id }
}

async function openAccounts(trx: Trx, { movements, now }: PostRequest): Promise<Map<string, AccountRow>> {
  const accounts = await findAccounts(trx, movements)
  const missing = movements.filter(({ account }) => !accounts.has(account.code))
  if (missing.length === 0) return accounts
  for (const { account } of missing) {
    await trx.rawQuery(
      `INSERT INTO ledger_accounts (code, kind, currency, customer_id, name, balance, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, 0, ?, ?)`,
      [account.code, account.kind, account.currency, account.customerId, account.name, now, now] as any[]
    )
  }
  return findAccounts(trx, movements)
}

async function findAccounts(trx: Trx, movements: Movement[]) {
  const rows = rowsOf<AccountRow>(
    await trx.rawQuery(
      `SELECT id, code, balance, updated_at FROM ledger_accounts WHERE code IN (${movements.map(() => '?')})`,
      movements.map(({ account }) => account.code)
    )
  )
  return new Map(rows.map((row) => [row.code, row]))
}

async function insertTransfer(trx: Trx, request: PostRequest, moment: number): Promise<number> {
  const { kind, key, fingerprint, reference, actor, corrects, note } = request
  const rows = rowsOf<{ id: number }>(
    await trx.rawQuery(
      `INSERT INTO ledger_transfers (kind, idempotency_key, fingerprint, reference_type, reference_id, actor_type,
         actor_id, actor_name, corrects_id, note, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      [
        ...[kind, key, fingerprint, reference?.type ?? null, reference ? String(reference.id) : null],
        ...[actor.type, actor.id, actor.name.slice(0, 100), corrects, note, moment],
      ] as any[]
    )
  )
  return rows[0].id
}

async function writeEntries(trx: Trx, transferId: number, changes: Change[], moment: number) {
  const inOrder = changes.sort((one, other) => one.id - other.id)
  await trx.rawQuery(
    `UPDATE ledger_accounts SET updated_at = ?, balance = CASE id ${inOrder.map(() => 'WHEN ? THEN ?').join(' ')} END
     WHERE id IN (${inOrder.map(() => '?')})`,
    [moment, ...inOrder.flatMap(({ id, balance }) => [id, balance]), ...inOrder.map(({ id }) => id)] as any[]
  )
  await trx.rawQuery(
    `INSERT INTO ledger_entries (transfer_id, account_id, account_kind, currency, amount, balance, created_at)
     VALUES ${inOrder.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    inOrder.flatMap(({ id, account, amount, balance }) => [
      ...[transferId, id, account.kind, account.currency, amount, balance, moment],
    ]) as any[]
  )
}
