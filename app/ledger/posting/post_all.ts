import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import { ok, type Result } from '#core/result'
import { Poster } from '#ledger/posting/poster'
import type { Posted, TransferInput } from '#ledger/transfer_input'

/** Posts many transfers, in the order given, all or nothing. */
@inject()
export class PostAll {
  constructor(private poster: Poster) {}

  async post(trx: Trx, inputs: readonly TransferInput[]): Promise<Result<Posted[]>> {
    const posted: Posted[] = []
    for (const input of inputs) {
      const result = await this.poster.post(trx, input)
      if (!result.ok) return result
      posted.push(result.value)
    }
    return ok(posted)
  }
}
