import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { isPostgres } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { isCustomerFunds } from '#ledger/accounts'
import { contentOf, fingerprintOf, type Content } from '#ledger/posting/fingerprint'
import { movementsOf, type Movement } from '#ledger/posting/movements'
import { postOnPostgres } from '#ledger/posting/post_postgres'
import { postOnSqlite } from '#ledger/posting/post_sqlite'
import type { Posted, TransferInput } from '#ledger/transfer_input'

export const KEY_MAX_LENGTH = 160
export const NOTE_MAX_LENGTH = 500

/** Writes transfers: the only place in which money moves. */
@inject()
export class Poster {
  constructor(private clock: Clock) {}

  /**
   * `content` is what a repetition must have in common with the first call, where it is not the movements themselves.
   * Refuses with `insufficient_funds`, `balance_limit`, `idempotency_conflict`, or `already_reversed` when what it
   * puts right was undone as a whole; then nothing was written but perhaps an empty account.
   */
  async post(trx: Trx, input: TransferInput, content?: Content): Promise<Result<Posted>> {
    const { kind, key, reference = null, actor, corrects = null, note = null } = input
    if (!key || key.length > KEY_MAX_LENGTH) throw new RangeError(`An idempotency key of ${key.length} characters`)
    if (note && note.length > NOTE_MAX_LENGTH) throw new RangeError(`A note of ${note.length} characters`)
    const movements = movementsOf(input.postings)
    const fingerprint = fingerprintOf(input, content ?? contentOf(movements))
    if (corrects !== null && kind !== 'reversal' && (await isReversed(trx, corrects))) return refuse('already_reversed')
    const now = this.clock.now()
    const request = { kind, key, fingerprint, movements, reference, actor, corrects, note, now }
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

function refusalOf(movements: readonly Movement[], code: string, available: bigint) {
  const { account, amount } = movements.find((movement) => movement.account.code === code)!
  if (!isCustomerFunds(account.kind) || amount > 0n) return refuse('balance_limit', { currency: account.currency })
  return insufficientFunds(Money.of(available, account.currency), Money.of(-amount, account.currency))
}

/** Amounts are words for people: `12.50 TON`. */
export const insufficientFunds = (available: Money, needed: Money) =>
  refuse('insufficient_funds', {
    currency: needed.currency,
    available: formatMoney(available),
    needed: formatMoney(needed),
  })
