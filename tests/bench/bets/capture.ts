import app from '@adonisjs/core/services/app'
import pg from 'pg'
import { PlaceBet } from '#markets/actions/place_bet'
import { FIRST_CUSTOMER, FIRST_MARKET, type Floor } from '#tests/bench/bets/ids'
import { placeBet } from '#tests/bench/bets/place_bets'

export interface CapturedStatement {
  text: string
  values: unknown[]
}

export interface Captured {
  statements: CapturedStatement[]
  /** How many it took, itself included. */
  bets: number
  customer: number
  market: number
  key: string
  reference: string
}

/** The missions that bets alone complete are over by then. */
const UNUSUAL = 12

/** Everything that one ordinary bet sends to PostgreSQL, from BEGIN to COMMIT. */
export default async function ({ markets, customers }: Floor): Promise<Captured> {
  const action = await app.container.make(PlaceBet)
  const [customer, market, key] = [FIRST_CUSTOMER + customers - 1, FIRST_MARKET + markets - 1, 'bench:captured']
  for (let bet = 0; bet < UNUSUAL; bet++) await placeBet(action, customer, market, `bench:unusual:${bet}`)
  const statements: CapturedStatement[] = []
  const stop = listen(statements)
  const { reference } = await placeBet(action, customer, market, key)
  stop()
  // A connection that the pool has just opened asks for the server's version first.
  statements.splice(
    0,
    statements.findIndex(({ text }) => text.startsWith('BEGIN'))
  )
  return { statements, bets: UNUSUAL + 1, customer, market, key, reference }
}

function listen(statements: CapturedStatement[]) {
  const client = pg.Client.prototype as any
  const { query } = client
  client.query = function (this: unknown, first: any, second: unknown, ...rest: unknown[]) {
    const text = typeof first === 'string' ? first : first.text
    const values = Array.isArray(second) ? second : (first.values ?? [])
    statements.push({
      text,
      values: values.map((value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    })
    return query.call(this, first, second, ...rest)
  }
  return () => {
    client.query = query
  }
}
