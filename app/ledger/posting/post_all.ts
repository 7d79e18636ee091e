import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { isPostgres } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { ok, type Result } from '#core/result'
import { postAllOnPostgres } from '#ledger/posting/post_all_postgres'
import { postRequestOf } from '#ledger/posting/post_request'
import { Poster } from '#ledger/posting/poster'
import type { Posted, TransferInput } from '#ledger/transfer_input'

/** Posts many transfers, in the order given, all or nothing. */
@inject()
export class PostAll {
  constructor(
    private clock: Clock,
    private poster: Poster
  ) {}

  async post(trx: Trx, inputs: readonly TransferInput[]): Promise<Result<Posted[]>> {
    if (inputs.length === 0) return ok([])
    if (!isPostgres()) return this.#oneByOne(trx, inputs)
    const now = this.clock.now()
    return postAllOnPostgres(
      trx,
      inputs.map((input) => postRequestOf(input, now))
    )
  }

  /** SQLite's statements cross no network and are prepared: a batch would gain nothing. */
  async #oneByOne(trx: Trx, inputs: readonly TransferInput[]): Promise<Result<Posted[]>> {
    const posted: Posted[] = []
    for (const input of inputs) {
      const result = await this.poster.post(trx, input)
      if (!result.ok) return result
      posted.push(result.value)
    }
    return ok(posted)
  }
}
