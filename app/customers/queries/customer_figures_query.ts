import { setImmediate as breathe } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'

const DAY_MS = 86_400_000

/** Rows of one statement: SQLite answers nobody else meanwhile. */
const WINDOW = 50_000

export interface CustomerFigures {
  total: number
  /** Within the last 24 hours. */
  joined: number
  /** Within the last 24 hours. */
  active: number
  unreachable: number
  banned: number
}

/** Counts all customers, window by window. */
export class CustomerFiguresQuery {
  async run(now: number): Promise<CustomerFigures> {
    const figures = { total: 0, joined: 0, active: 0, unreachable: 0, banned: 0 }
    const newest = await db.from('customers').max('id as id').first()
    for (let after = 0; after < (newest?.id ?? 0); after += WINDOW) {
      const part = await this.#count(after, now - DAY_MS)
      for (const name of Object.keys(figures) as Array<keyof CustomerFigures>) figures[name] += Number(part[name] ?? 0)
      await breathe()
    }
    return figures
  }

  #count(after: number, since: number) {
    const sum = (condition: string) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`
    return db
      .from('customers')
      .where('id', '>', after)
      .where('id', '<=', after + WINDOW)
      .count('* as total')
      .select(db.raw(`${sum('created_at >= ?')} AS joined`, [since]))
      .select(db.raw(`${sum('last_active_at >= ?')} AS active`, [since]))
      .select(db.raw(`${sum('unreachable_at IS NOT NULL')} AS unreachable`))
      .select(db.raw(`${sum('banned_at IS NOT NULL')} AS banned`))
      .firstOrFail()
  }
}
