import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { isPostgres } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { ok, type Result } from '#core/result'
import { postAllOnPostgres } from '#ledger/posting/post_all_postgres'
import { postAllOnSqlite } from '#ledger/posting/post_all_sqlite'
import { postRequestOf } from '#ledger/posting/post_request'
import type { Posted, TransferInput } from '#ledger/transfer_input'

/** Posts many transfers, in the order given, all or nothing. */
@inject()
export class PostAll {
  constructor(private clock: Clock) {}

  async post(trx: Trx, inputs: readonly TransferInput[]): Promise<Result<Posted[]>> {
    if (inputs.length === 0) return ok([])
    const now = this.clock.now()
    const requests = inputs.map((input) => postRequestOf(input, now))
    return isPostgres() ? postAllOnPostgres(trx, requests) : postAllOnSqlite(trx, requests)
  }
}
