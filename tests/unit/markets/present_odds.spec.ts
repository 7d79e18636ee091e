import { test } from '@japa/runner'
import type { BetTerms } from '#markets/betting/bet_terms'
import { poolShares, presentOdds, presentPotential } from '#markets/pricing/present_odds'
import type { PricingMode } from '#markets/values'

const TERMS = { minStake: 100n, maxOdds: 1000, feePoints: 500 } as BetTerms
const market = (yesPool: bigint, noPool: bigint, pricing: PricingMode = 'fixed_odds') => ({ pricing, yesPool, noPool })

test.group('Odds of this moment', () => {
  test('of pools {yes} and {no}, the smallest stake gets {odds.YES} and {odds.NO}')
    .with([
      { yes: 0n, no: 0n, odds: { YES: 200, NO: 200 } },
      { yes: 6_000n, no: 4_000n, odds: { YES: 166, NO: 246 } },
      { yes: 1_000_000n, no: 0n, odds: { YES: 100, NO: 1000 } },
    ])
    .run(({ assert }, { yes, no, odds }) => {
      assert.deepEqual(presentOdds(market(yes, no), TERMS), odds)
    })

  test('of pools {yes} and {no}, the shares are {shares.YES} and {shares.NO} per cent')
    .with([
      { yes: 0n, no: 0n, shares: { YES: 50, NO: 50 } },
      { yes: 5n, no: 195n, shares: { YES: 3, NO: 97 } },
      { yes: 2n, no: 1n, shares: { YES: 67, NO: 33 } },
      { yes: 0n, no: 7n, shares: { YES: 0, NO: 100 } },
      { yes: 9_007_199_254_740_991n, no: 9_007_199_254_740_991n, shares: { YES: 50, NO: 50 } },
    ])
    .run(({ assert }, { yes, no, shares }) => {
      assert.deepEqual(poolShares(market(yes, no)), shares)
    })

  test('a stake in a shared pool brings its part of the pool, less the fee', ({ assert }) => {
    const pools = market(10_000n, 30_000n, 'parimutuel')
    assert.equal(presentPotential(pools, { outcome: 'YES', stake: 10_000n }, TERMS), 38_000n)
    assert.equal(presentPotential(pools, { outcome: 'YES', stake: 2_500n }, TERMS), 9_500n)
    assert.equal(presentPotential(pools, { outcome: 'NO', stake: 30_000n }, TERMS), 38_000n)
  })
})
