import { randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import app from '@adonisjs/core/services/app'
import { Money } from '#core/money/money'
import { PlaceBet } from '#markets/actions/place_bet'
import { FIRST_CUSTOMER, FIRST_MARKET, marketReference, sideOf, type Floor } from '#tests/bench/bets/ids'

export interface Span extends Floor {
  workers: number
  seconds: number
  /** Makes the keys of this span its own. */
  round: number
}

export interface Throughput {
  bets: number
  seconds: number
}

/** Bets of random customers on random markets, each acknowledged after its commit, one at a time by each worker. */
export default async function (span: Span): Promise<Throughput> {
  const action = await app.container.make(PlaceBet)
  const started = performance.now()
  const end = started + span.seconds * 1000
  const counts = await Promise.all(Array.from({ length: span.workers }, (_, worker) => work(action, span, worker, end)))
  return { bets: counts.reduce((sum, count) => sum + count, 0), seconds: (performance.now() - started) / 1000 }
}

async function work(action: PlaceBet, { markets, customers, round }: Span, worker: number, end: number) {
  let done = 0
  for (; performance.now() < end; done++) {
    const customer = FIRST_CUSTOMER + randomInt(customers)
    await placeBet(action, customer, FIRST_MARKET + randomInt(markets), `bench:${round}:${worker}:${done}`)
  }
  return done
}

export async function placeBet(action: PlaceBet, customerId: number, market: number, key: string) {
  const result = await action.handle({
    customerId,
    market: marketReference(market),
    outcome: sideOf(customerId),
    stake: Money.of(BigInt(randomInt(100, 100_000)), 'PRED'),
    shownOdds: 100,
    key,
    source: 'bot',
    actor: { type: 'customer', id: customerId, name: `Customer ${customerId}` },
  })
  if (!result.ok) throw new Error(`A bet was refused: ${result.refusal.code}`)
  return result.value
}
