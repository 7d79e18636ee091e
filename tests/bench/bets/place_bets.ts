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
  /** Placed before the measuring began. */
  warming: number
}

/** A process that has just started compiles its code first. */
const WARM_MS = 2000

/** Bets of random customers on random markets, each acknowledged after its commit, one at a time by each worker. */
export default async function (span: Span): Promise<Throughput> {
  const action = await app.container.make(PlaceBet)
  const warming = await placeFor(action, span, WARM_MS, 'warm')
  const started = performance.now()
  const bets = await placeFor(action, span, span.seconds * 1000, 'bet')
  return { bets, warming, seconds: (performance.now() - started) / 1000 }
}

async function placeFor(action: PlaceBet, span: Span, ms: number, kind: string) {
  const end = performance.now() + ms
  const workers = Array.from({ length: span.workers }, (_, worker) => work(action, span, `${kind}:${worker}`, end))
  const counts = await Promise.all(workers)
  return counts.reduce((sum, count) => sum + count, 0)
}

async function work(action: PlaceBet, { markets, customers, round }: Span, worker: string, end: number) {
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
