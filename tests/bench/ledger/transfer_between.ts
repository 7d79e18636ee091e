import { performance } from 'node:perf_hooks'
import { randomInt } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'

export interface Throughput {
  transfers: number
  seconds: number
}

export interface Span {
  customers: number
  workers: number
  seconds: number
  /** Makes the keys of this span its own. */
  round: number
}

/** Customers with money, once. */
export async function fundCustomers(ledger: Ledger, customers: number) {
  if (await db.from('customers').select('id').first()) return
  const row = (id: number) => ({
    ...{ id, telegram_id: id, first_name: `Customer ${id}`, search_name: `customer ${id}`, language: 'en' },
    ...{ language_chosen: false, referral_code: `bench${id}`, last_active_at: 0, created_at: 0, updated_at: 0 },
  })
  for (let from = 1; from <= customers; from += 500) {
    const ids = Array.from({ length: Math.min(500, customers - from + 1) }, (_, index) => from + index)
    await db.table('customers').multiInsert(ids.map(row))
    await transaction(async (trx) => {
      const amount = Money.of(1_000_000_000_000n, 'TON')
      const postings = ids.map((id) => ({ from: system('clearing:bench', 'TON'), to: wallet(id, 'TON'), amount }))
      await ledger.transfer(trx, { kind: 'top_up', key: `fund:${from}`, postings, actor: SYSTEM_ACTOR })
    })
  }
}

/** Transfers between random customers, each acknowledged after its commit, as many at once as there are workers. */
export default async function (span: Span): Promise<Throughput> {
  const ledger = await app.container.make(Ledger)
  await fundCustomers(ledger, span.customers)
  const end = performance.now() + span.seconds * 1000
  const started = performance.now()
  const counts = await Promise.all(Array.from({ length: span.workers }, (_, worker) => work(ledger, span, worker, end)))
  return { transfers: counts.reduce((sum, count) => sum + count, 0), seconds: (performance.now() - started) / 1000 }
}

async function work(ledger: Ledger, { customers, round }: Span, worker: number, end: number) {
  let done = 0
  for (; performance.now() < end; done++) {
    const one = randomInt(1, customers + 1)
    const other = 1 + ((one + randomInt(0, customers - 1)) % customers)
    const posting = { from: wallet(one, 'TON'), to: wallet(other, 'TON'), amount: Money.of(1n, 'TON') }
    const key = `bench:${round}:${worker}:${done}`
    const result = await transaction((trx) =>
      ledger.transfer(trx, { kind: 'purchase', key, postings: [posting], actor: SYSTEM_ACTOR })
    )
    if (!result.ok) throw new Error(`A transfer was refused: ${result.refusal.code}`)
  }
  return done
}
