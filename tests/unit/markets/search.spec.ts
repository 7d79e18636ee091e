import { test } from '@japa/runner'
import fc from 'fast-check'
import { Money } from '#core/money/money'
import { isOddsMoved } from '#markets/betting/bet_quote'
import type { BetTerms } from '#markets/betting/bet_terms'
import { customerExposure, globalExposure, marketExposure } from '#markets/settings'
import { PRICING_MODES, type Outcome, type PricingMode } from '#markets/values'
import { grant } from '#tests/support/ledger'
import { manyActs } from '#tests/support/markets/search/acts'
import { Conspiracy, type House, type Limits } from '#tests/support/markets/search/conspiracy'
import { HouseOfRules } from '#tests/support/markets/search/house_of_rules'
import { MarketsWorld } from '#tests/support/markets/world'

const BASE: BetTerms = {
  isEnabled: true,
  minStake: 100n,
  maxStake: 100_000_000n,
  customerStake: 10n ** 15n,
  customerExposure: 0n,
  marketExposure: 0n,
  globalExposure: 0n,
  maxOdds: 1000,
  feePoints: 500,
  slippagePoints: 100,
}

const aLimit = fc
  .tuple(fc.nat(7), fc.integer({ min: 1, max: 99 }))
  .map(([tens, digits]) => BigInt(digits) * 10n ** BigInt(tens))
const theMarkets = fc.array(fc.constantFrom(...PRICING_MODES), { minLength: 1, maxLength: 4 })
const theTerms = fc
  .record({
    customerExposure: aLimit,
    marketExposure: aLimit,
    globalExposure: aLimit,
    maxOdds: fc.constantFrom(101, 150, 200, 1000, 100_000),
    maxStake: fc.constantFrom(1000n, 1_000_000n, 100_000_000n),
    feePoints: fc.constantFrom(0, 500, 5000),
  })
  .map((terms) => ({ ...BASE, ...terms }))

const MUCH = 10n ** 15n
const UNLIMITED: BetTerms = {
  ...{ ...BASE, maxStake: MUCH },
  ...{ customerExposure: MUCH, marketExposure: MUCH, globalExposure: MUCH },
}

const limitsOf = ({
  minStake,
  customerExposure: customer,
  marketExposure: market,
  globalExposure: house,
}: BetTerms): Limits => ({
  ...{ least: minStake, customer, market, house },
})

test.group('Customers who play together', () => {
  test('take no more from the house than its limits allow, whatever they bet', async ({ assert }) => {
    let [games, pressed, pressedByBought] = [0, 0, 0]
    const game = fc.asyncProperty(
      ...([theTerms, manyActs(40), theMarkets, fc.integer({ min: 1, max: 6 })] as const),
      async (terms, acts, markets, customers) => {
        const conspiracy = new Conspiracy(new HouseOfRules(terms, markets, customers), limitsOf(terms))
        const problems = await conspiracy.play(acts)
        games++
        const near = (sum: bigint) => sum * 10n >= terms.globalExposure * 9n
        if (near(conspiracy.highest)) pressed++
        if (near(conspiracy.highestOfBought)) pressedByBought++
        return problems.length === 0 || assert.fail(problems.join('\n'))
      }
    )
    await fc.assert(game, { numRuns: 8000 })
    // The search is worth something only where it gets near the limit often.
    assert.isAbove(pressed / games, 0.05)
    assert.isAbove(pressedByBought / games, 0.05)
  }).timeout(120_000)

  test('get everything that the formula alone would let them take', async ({ assert }) => {
    const terms = { ...UNLIMITED, maxOdds: 100_000 }
    const house = new HouseOfRules(terms, ['fixed_odds'], 2)
    const conspiracy = new Conspiracy(house, { ...limitsOf(terms), market: 0n })
    const problems = await conspiracy.play([
      { kind: 'bet', who: 0, on: 0, outcome: 'YES', stake: 100_000n },
      { kind: 'bet', who: 1, on: 0, outcome: 'NO', stake: 100n },
    ])
    // YES 1000 at 2.00 and NO 1 at 1001.00: 1001 staked, 2000 or 1001 back.
    assert.deepEqual(
      problems,
      [100_000, 99_900].flatMap((loss) => [
        `market 0: ${loss} where 0 is the limit`,
        `bought points of market 0: ${loss} where 0 is the limit`,
      ])
    )
  })

  for (const [pricing, loss] of [
    // NO 10000 granted at 2.00, then YES 1111 bought at 10.00, which pays 11110.
    ['fixed_odds', 999_900],
    // All of 11111 less 5 %, to whom 1111 were paid by.
    ['parimutuel', 944_445],
  ] as const) {
    test(`turn granted points into bought ones where nothing limits them: ${pricing}`, async ({ assert }) => {
      const house = new HouseOfRules(UNLIMITED, [pricing], 2)
      const conspiracy = new Conspiracy(house, { ...limitsOf(UNLIMITED), market: 0n })
      const problems = await conspiracy.play([
        { kind: 'grant', who: 0, amount: 1_000_000n },
        { kind: 'bet', who: 0, on: 0, outcome: 'NO', stake: 1_000_000n },
        { kind: 'bet', who: 1, on: 0, outcome: 'YES', stake: 111_100n },
      ])
      assert.equal(problems.at(-1), `bought points of market 0: ${loss} where 0 is the limit`)
    })
  }
})

const world = new MarketsWorld()

/** The product itself. */
async function openHouse(markets: readonly PricingMode[], customers: number): Promise<House> {
  const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make))
  const [open, people] = [
    await Promise.all(markets.map((pricing) => world.market({ pricing, feePoints: BASE.feePoints }))),
    await times(customers, () => world.customer({ bought: '500000' })),
  ]
  return {
    markets,
    customers,
    feePoints: BASE.feePoints,
    async grant(customer: number, amount: bigint) {
      await grant(people[customer].id, Money.of(amount, 'PRED'))
    },
    async bet(customer: number, market: number, outcome: Outcome, stake: bigint) {
      const input = { stake: Money.of(stake, 'PRED'), shownOdds: 0 }
      const result = await world.bet(people[customer], open[market], outcome, 1, input)
      if (result.ok) return { potential: result.value.potential, bought: result.value.bought }
      const { code, params } = result.refusal
      if (isOddsMoved(result.refusal)) throw new Error(`No odds are worse than none: ${code}`)
      return { most: BigInt(String(params?.most ?? params?.max ?? '0').replace('.', '')) }
    },
    async end() {},
  }
}

test.group('Customers who play together against the product', (group) => {
  group.each.teardown(() => world.teardown())

  test('take no more from the house than its limits allow', async ({ assert }) => {
    const limits = { least: 100n, customer: 70_000n, market: 100_000n, house: 150_000n }
    const game = fc.asyncProperty(manyActs(15, { ends: false }), async (acts) => {
      await world.setup()
      await world.set(customerExposure, '700')
      await world.set(marketExposure, '1000')
      await world.set(globalExposure, '1500')
      const house = await openHouse(['fixed_odds', 'parimutuel'], 3)
      const conspiracy = new Conspiracy(house, limits)
      const problems = await conspiracy.play(acts)
      if (problems.length > 0) assert.fail(problems.join('\n'))
      assert.deepEqual(await world.ledgerFaults(), [])
    })
    await fc.assert(game, { numRuns: 12, endOnFailure: true })
  }).timeout(180_000)
})
