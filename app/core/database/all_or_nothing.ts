import { transaction, type Trx } from '#core/database/transaction'
import type { Refused, Result } from '#core/result'

class RolledBack extends Error {
  constructor(readonly refused: Refused<any>) {
    super('Refused: what was written is taken back')
  }
}

/** A transaction of which nothing stays when the work refuses. */
export async function allOrNothing<T>(work: (trx: Trx) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await transaction(async (trx) => {
      const result = await work(trx)
      if (!result.ok) throw new RolledBack(result)
      return result
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.refused
    throw error
  }
}
