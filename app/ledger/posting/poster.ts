import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { isPostgres } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import type { Content } from '#ledger/posting/fingerprint'
import { postOnPostgres } from '#ledger/posting/post_postgres'
import { postRequestOf } from '#ledger/posting/post_request'
import { postOnSqlite } from '#ledger/posting/post_sqlite'
import { refusalOf } from '#ledger/posting/refusals'
import type { Posted, TransferInput } from '#ledger/transfer_input'

/** Writes transfers: with `PostAll` the only place in which money moves. */
@inject()
export class Poster {
  constructor(private clock: Clock) {}

  /**
   * `content` is what a repetition must have in common with the first call, where it is not the movements themselves.
   * Refuses with `insufficient_funds`, `balance_limit`, `idempotency_conflict`, or `already_reversed` when what it
   * puts right was undone as a whole; then nothing was written but perhaps an empty account.
   */
  async post(trx: Trx, input: TransferInput, content?: Content): Promise<Result<Posted>> {
    const request = postRequestOf(input, this.clock.now(), content)
    const { kind, corrects, movements } = request
    if (corrects !== null && kind !== 'reversal' && (await isReversed(trx, corrects))) return refuse('already_reversed')
    const result = await (isPostgres() ? postOnPostgres(trx, request) : postOnSqlite(trx, request))
    if (result.outcome === 'conflict') return refuse('idempotency_conflict')
    if (result.outcome === 'refused') return refusalOf(movements, result.code, result.available)
    return ok({ id: result.id, repeated: result.outcome === 'repeated' })
  }
}

/** The corrected row is locked, as by whoever reverses it: of a refund and a reversal at the same time one wins. */
async function isReversed(trx: Trx, transferId: number): Promise<boolean> {
  await trx.from('ledger_transfers').where('id', transferId).select('id').forUpdate().first()
  const reversal = { corrects_id: transferId, kind: 'reversal' }
  return (await trx.from('ledger_transfers').where(reversal).select('id').first()) !== null
}
