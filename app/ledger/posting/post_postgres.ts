import { rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import type { PostOutcome, PostRequest } from '#ledger/posting/post_request'

/** The function that the migration makes: the bench drives the same statement. */
export const POST_SQL = 'SELECT * FROM ledger_post(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

interface Row {
  outcome: PostOutcome['outcome']
  transfer_id: number | null
  code: string | null
  available: number | null
}

/** One statement posts all of it. */
export async function postOnPostgres(trx: Trx, request: PostRequest): Promise<PostOutcome> {
  const { kind, key, fingerprint, reference, actor, corrects, note, now, movements } = request
  const [row] = rowsOf<Row>(
    await trx.rawQuery(POST_SQL, [
      ...[kind, key, fingerprint, reference?.type ?? null, reference ? String(reference.id) : null],
      ...[actor.type, actor.id, actor.name.slice(0, 100), corrects, note, now],
      movements.map(({ account }) => account.code),
      movements.map(({ amount }) => String(amount)),
    ] as any[])
  )
  if (row.outcome === 'refused') return { outcome: 'refused', code: row.code!, available: BigInt(row.available!) }
  if (row.outcome === 'conflict') return { outcome: 'conflict' }
  return { outcome: row.outcome, id: row.transfer_id! }
}
