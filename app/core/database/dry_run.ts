import { transaction, type Trx } from '#core/database/transaction'

class TakenBack extends Error {
  constructor(readonly value: unknown) {
    super('A dry run is over')
  }
}

/** Does a unit of work and takes all of it back: what is read inside it tells what it would have done. */
export async function dryRun<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
  try {
    return await transaction(async (trx): Promise<T> => {
      throw new TakenBack(await work(trx))
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.value as T
    throw error
  }
}
