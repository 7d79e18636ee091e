import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Memory } from '#stats/memory'

const LASTS = 10_000

/** How many customers there are, how many messages reach, and how many were active since a moment. */
@inject()
export class CustomersOverviewQuery {
  constructor(private memory: Memory) {}

  async run(activeSince: number) {
    const total = await this.total()
    const unreachable = await this.memory.remember('customers:unreachable', LASTS, () =>
      countOf(db.from('customers').whereNotNull('unreachable_at'))
    )
    const active = await this.memory.remember(`customers:active:${activeSince}`, LASTS, () =>
      countOf(db.from('customers').where('last_active_at', '>=', activeSince))
    )
    return { total, active, reachable: total - unreachable }
  }

  total() {
    return this.memory.remember('customers', LASTS, () => countOf(db.from('customers')))
  }
}

async function countOf(query: ReturnType<typeof db.from>) {
  const [{ total }] = await query.count('* as total')
  return Number(total)
}
