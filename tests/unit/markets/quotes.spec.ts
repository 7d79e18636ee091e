import { test } from '@japa/runner'
import fc from 'fast-check'
import { checkExposure } from '#markets/betting/bet_rules'
import type { BetTerms } from '#markets/betting/bet_terms'
import { worstCaseOf, type Books } from '#markets/pricing/books'
import { OUTCOMES } from '#markets/values'
import { accepted, MarketsWorld, pred } from '#tests/support/markets/world'

const world = new MarketsWorld()

test.group('A quote', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('shows the odds with the effect of the stake, and what they are before and after it', async ({ assert }) => {
    const [anna, borys, market] = [await world.customer(), await world.customer(), await world.market()]
    await world.taken(anna, market, 'YES', 300)
    await world.taken(borys, market, 'NO', 100)
    const quote = accepted(await world.quote(borys, market, 'NO', 100))

    assert.containSubset(quote, { outcome: 'NO', odds: 250, oddsBefore: 397, oddsAfter: 249 })
    assert.containSubset(quote, { isPromised: true, canWinNothing: false })
    assert.deepEqual([String(quote.stake), String(quote.potential)], ['100.00 PRED', '250.00 PRED'])
    const bet = await world.taken(borys, market, 'NO', 100, { shownOdds: quote.odds })
    assert.equal(bet.odds, 250)
    assert.equal(bet.potential, quote.potential.minor)
  })

  test('promises nothing where the pool pays', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market({ pricing: 'parimutuel', feePoints: 500 })]
    const quote = accepted(await world.quote(customer, market, 'YES', 100))
    assert.containSubset(quote, { odds: 95, isPromised: false, canWinNothing: true })
    assert.equal(String(quote.potential), '95.00 PRED')
  })

  test('writes nothing', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market()]
    accepted(await world.quote(customer, market, 'YES', 100))
    await market.refresh()
    assert.equal(market.yesPool, 0n)
    assert.equal(await world.houseBalance(), 0n)
  })
})

const aSum = fc.bigInt({ min: 0n, max: 10n ** 9n })
const aLimit = fc.bigInt({ min: 1n, max: 10n ** 8n })
/** Per cent. */
const aShare = fc.bigInt({ min: 0n, max: 100n })

test.group('The largest stake that a refusal names', () => {
  test('is taken, and no limit refuses it', ({ assert }) => {
    let named = 0
    fc.assert(
      fc.property(
        ...([aSum, aSum, aSum, aSum, aLimit, aLimit, aLimit, fc.tuple(aShare, aShare), aSum] as const),
        fc.constantFrom(...OUTCOMES),
        fc.bigInt({ min: 100n, max: 10n ** 8n }),
        (yesPool, noPool, yesWin, noWin, customer, market, house, shares, free, outcome, stake) => {
          const owed = { yesPotential: yesPool + yesWin, noPotential: noPool + noWin }
          const [yes, no] = shares
          const bought = {
            ...{ yesBought: (yesPool * yes) / 100n, yesBoughtPotential: (owed.yesPotential * yes) / 100n },
            ...{ noBought: (noPool * no) / 100n, noBoughtPotential: (owed.noPotential * no) / 100n },
          }
          const books: Books = { pricing: 'fixed_odds', feePoints: null, yesPool, noPool, ...owed, ...bought }
          const terms = termsWith(customer, market, house)
          const before = { customer: 0n, market: worstCaseOf(books), house: worstCaseOf(books) }
          const wish = { outcome, stake, side: null, staked: 0n, free }
          const refused = checkExposure(books, wish, before, terms)
          if (refused.ok || refused.refusal.params?.possible === 'no') return
          named++
          const { minor: most } = pred(refused.refusal.params!.most)
          assert.isTrue(most < stake)
          assert.isTrue(checkExposure(books, { ...wish, stake: most }, before, terms).ok)
          assert.isFalse(checkExposure(books, { ...wish, stake: most + 1n }, before, terms).ok)
        }
      ),
      { numRuns: 3000 }
    )
    assert.isAbove(named, 100)
  })
})

const termsWith = (customerExposure: bigint, marketExposure: bigint, globalExposure: bigint): BetTerms => ({
  ...{
    isEnabled: true,
    minStake: 100n,
    maxStake: 10n ** 12n,
    customerStake: 10n ** 12n,
    maxOdds: 1000,
    feePoints: 0,
    slippagePoints: 100,
  },
  ...{ customerExposure, marketExposure, globalExposure },
})
