import { performance } from 'node:perf_hooks'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import LedgerAccount from '#ledger/models/ledger_account'
import { BalanceAtQuery } from '#ledger/queries/balance_at_query'
import { CustomerBalancesQuery } from '#ledger/queries/customer_balances_query'
import { CustomerHistoryQuery } from '#ledger/queries/customer_history_query'
import { HistoryItemQuery } from '#ledger/queries/history_item_query'

export interface Asked {
  /** Milliseconds of each answer, by what was asked. */
  times: Record<string, number[]>
  /** Plans that read the entries from end to end. */
  scans: string[]
  plans: number
}

const DAY = 86_400_000

/** What the bot asks for a customer's screens, for random customers and for the busiest one; and the plans of it. */
export default async function (customers: number, rounds: number): Promise<Asked> {
  const [history, item] = [await app.container.make(CustomerHistoryQuery), await app.container.make(HistoryItemQuery)]
  const [balances, balanceAt] = [new CustomerBalancesQuery(), new BalanceAtQuery()]
  const [{ first }] = await db.from('customers').min('id as first')
  const statements = listen()

  const screens = async (name: string, customerId: number) => {
    const account = await LedgerAccount.findByOrFail('customerId', customerId)
    const moment = Math.floor(Date.now() - Math.random() * 50 * DAY)
    const page = await timed(`${name}: history`, () => history.run({ customerId }))
    await timed(`${name}: balances`, () => balances.run(customerId))
    await timed(`${name}: balance at a moment`, () => balanceAt.run(account, moment))
    await timed(`${name}: one kind`, () => history.run({ customerId, kind: 'top_up' }))
    if (page.older) await timed(`${name}: next page`, () => history.run({ customerId, olderThan: page.older! }))
    await timed(`${name}: one line`, () => item.run(customerId, page.items[0].id))
  }
  const times: Asked['times'] = {}
  async function timed<T>(name: string, ask: () => Promise<T>): Promise<T> {
    const started = performance.now()
    const answer = await ask()
    ;(times[name] ??= []).push(performance.now() - started)
    return answer
  }

  await screens('warm-up', first)
  delete times['warm-up']
  for (const name of Object.keys(times)) delete times[name]
  for (let round = 0; round < rounds; round++) {
    await screens('a customer', first + 1 + Math.floor(Math.random() * (customers - 1)))
    if (round % 10 === 0) await screens('the busiest', first)
  }
  return { times, ...(await explain(statements.stop())) }
}

interface Statement {
  sql: string
  bindings: any[]
}

/** Collects each different statement that reads the entries. */
function listen() {
  const found = new Map<string, Statement>()
  const client = db.connection().getReadClient()
  const heard = ({ sql, bindings }: Statement) => {
    if (sql.includes('ledger_entries')) found.set(sql, { sql, bindings })
  }
  client.on('query', heard)
  return {
    stop() {
      client.removeListener('query', heard)
      return [...found.values()]
    },
  }
}

async function explain(statements: Statement[]) {
  const scans: string[] = []
  for (const { sql, bindings } of statements) {
    const [row] = rowsOf<{ 'QUERY PLAN': unknown }>(
      await db.rawQuery(`EXPLAIN (FORMAT JSON) ${toQuestions(sql)}`, bindings)
    )
    if (JSON.stringify(row['QUERY PLAN']).match(/"Node Type":"Seq Scan"[^}]*"Relation Name":"ledger_entries"/))
      scans.push(sql)
  }
  return { scans, plans: statements.length }
}

/** Knex tells what it sent: `$1` instead of `?`. */
const toQuestions = (sql: string) => sql.replaceAll(/\$\d+/g, '?')
