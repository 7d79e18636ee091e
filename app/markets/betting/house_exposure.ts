import { affectedRows, isPostgres, rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'

type Queryable = { rawQuery(sql: string): PromiseLike<any> }

/**
 * What the house may lose by all markets that are not settled, in minor units of PRED: one row, locked last, since
 * every bet changes it.
 */
export class HouseExposure {
  /** Adds to it, or takes away when negative. */
  async add(trx: Trx, difference: bigint) {
    if (difference === 0n) return
    const sql = 'UPDATE house_exposure SET used = used + ? WHERE id = 1'
    const changed = affectedRows(await trx.rawQuery(sql, [Number(difference)]))
    if (changed !== 1) throw new Error('The row of the house exposure is missing')
  }

  /** Adds to it unless it would grow beyond the limit: then answers what is used, and nothing has changed. */
  async addWithin(trx: Trx, difference: bigint, limit: bigint): Promise<bigint | null> {
    if (difference <= 0n) {
      await this.add(trx, difference)
      return null
    }
    const sql = 'UPDATE house_exposure SET used = used + ? WHERE id = 1 AND used + ? <= ?'
    const by = Number(difference)
    if (affectedRows(await trx.rawQuery(sql, [by, by, Number(limit)])) === 1) return null
    const used = await this.used(trx, isPostgres() ? ' FOR UPDATE' : '')
    return used + difference <= limit ? this.addWithin(trx, difference, limit) : used
  }

  async used(client: Queryable, lock = ''): Promise<bigint> {
    const [row] = rowsOf<{ used: number }>(await client.rawQuery(`SELECT used FROM house_exposure WHERE id = 1${lock}`))
    if (!row) throw new Error('The row of the house exposure is missing')
    return BigInt(row.used)
  }
}
