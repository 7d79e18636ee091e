import { test } from '@japa/runner'
import fc from 'fast-check'
import { largestStake } from '#markets/betting/largest_stake'
import { booksWith, boughtResultIf, houseResultIf, worstCaseOf } from '#markets/pricing/books'
import { feeOf } from '#markets/pricing/parimutuel'
import { pricingOf } from '#markets/pricing/pricings'
import { OUTCOMES, PRICING_MODES } from '#markets/values'
import { emptyBooks } from '#tests/support/markets/books'
import { gainOf, type Taken } from '#tests/support/markets/search/taken'

const fixed = pricingOf('fixed_odds')
const parimutuel = pricingOf('parimutuel')
const UNCAPPED = { maxOdds: 100_000, feePoints: 0 }
const pools = (yes: number, no: number) => ({ yesPool: BigInt(yes), noPool: BigInt(no) })

const aPool = fc.bigInt({ min: 0n, max: 10n ** 13n })
const aStake = fc.bigInt({ min: 1n, max: 10n ** 11n })
const anOutcome = fc.constantFrom(...OUTCOMES)
const theLimits = fc.record({
  maxOdds: fc.integer({ min: 101, max: 100_000 }),
  feePoints: fc.integer({ min: 0, max: 5000 }),
})

test.group('Fixed odds', () => {
  for (const [yes, no, stake, odds, why] of [
    [0, 0, 700, 200, 'of an empty market are 2.00'],
    [0, 0, 1, 200, 'of an empty market are 2.00 for any stake'],
    [10_000, 10_000, 5000, 167, 'carry the effect of the stake itself'],
    [30_000, 10_000, 10_000, 125, 'of the favourite are low'],
    [10_000, 100, 100_000, 100, 'of a stake that dwarfs the pools are 1.00'],
    [0, 50, 199, 125, 'are rounded half up: 249/199 is 1.251'],
    [151, 49, 49, 125, 'are rounded half up: 249/200 is 1.245'],
    [152, 47, 49, 123, 'are rounded down below the half: 248/201 is 1.234'],
  ] as const) {
    test(why, ({ assert }) => {
      assert.equal(fixed.price(pools(yes, no), 'YES', BigInt(stake), UNCAPPED).odds, odds)
    })
  }

  test('stop where the cap says: NO 1 after YES 1000 would be 1001.00', ({ assert }) => {
    const after = pools(100_000, 0)
    assert.deepEqual(fixed.price(after, 'NO', 100n, { ...UNCAPPED, maxOdds: 200_000 }), {
      odds: 100_100,
      potential: 100_100n,
    })
    assert.deepEqual(fixed.price(after, 'NO', 100n, { ...UNCAPPED, maxOdds: 1000 }), { odds: 1000, potential: 1000n })
  })

  test('round the win down to whole minor units', ({ assert }) => {
    assert.equal(fixed.price(pools(0, 50), 'YES', 199n, UNCAPPED).potential, 248n)
  })

  test('are to the unit what the formula says, for any pools', () => {
    fc.assert(
      fc.property(aPool, aPool, anOutcome, aStake, theLimits, (yesPool, noPool, outcome, stake, limits) => {
        const { odds, potential } = fixed.price({ yesPool, noPool }, outcome, stake, limits)
        const [all, own] = [yesPool + noPool + stake, (outcome === 'YES' ? yesPool : noPool) + stake]
        const isEmpty = yesPool + noPool === 0n
        // Half up without a division of its own: odds - 0.005 <= all / own < odds + 0.005, in two-hundredths.
        const isRounded = (value: bigint) =>
          (2n * value - 1n) * own <= 200n * all && 200n * all < (2n * value + 1n) * own
        const isExact = isEmpty ? odds === Math.min(200, limits.maxOdds) : isRounded(BigInt(odds))
        const isCapped = odds === limits.maxOdds && 200n * all >= (2n * BigInt(odds) - 1n) * own
        const rest = stake * BigInt(odds) - potential * 100n
        return (isExact || isCapped) && odds <= limits.maxOdds && rest >= 0n && rest < 100n
      }),
      { numRuns: 2000 }
    )
  })

  test('never pay back less than the stake', () => {
    fc.assert(
      fc.property(aPool, aPool, anOutcome, aStake, theLimits, (yesPool, noPool, outcome, stake, limits) => {
        return fixed.price({ yesPool, noPool }, outcome, stake, limits).potential >= stake
      })
    )
  })
})

test.group('Parimutuel', () => {
  test('the fee is rounded up', ({ assert }) => {
    assert.equal(feeOf(10_000n, 500), 500n)
    assert.equal(feeOf(10_001n, 500), 501n)
    assert.equal(feeOf(10_001n, 0), 0n)
  })

  test('what is quoted is what the bet is paid if nothing follows', ({ assert }) => {
    const price = parimutuel.price(pools(30_000, 0), 'NO', 10_000n, { maxOdds: 1000, feePoints: 500 })
    assert.deepEqual(price, { odds: 380, potential: 38_000n })
  })

  test('pays out the pool to the unit: shares, fee and what rounding leaves', () => {
    const bets = fc.array(fc.tuple(anOutcome, aStake), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(bets, anOutcome, theLimits, (staked, result, limits) => {
        const winners = staked.filter(([outcome]) => outcome === result).map(([, stake]) => stake)
        fc.pre(winners.length > 0)
        const pool = sum(staked.map(([, stake]) => stake))
        const total = { yesPool: sum(of(staked, 'YES')), noPool: sum(of(staked, 'NO')) }
        const paid = winners.map(
          (stake) => parimutuel.price(without(total, result, stake), result, stake, limits).potential
        )
        const left = pool - feeOf(pool, limits.feePoints) - sum(paid)
        return left >= 0n && left < BigInt(winners.length)
      }),
      { numRuns: 1000 }
    )
  })

  test('owes nobody anything: by bought stakes the house loses nothing', () => {
    fc.assert(
      fc.property(aPool, aPool, anOutcome, aStake, theLimits, (yesPool, noPool, outcome, stake, limits) => {
        const bought = { yesBought: yesPool, noBought: noPool }
        const books = emptyBooks({ pricing: 'parimutuel', yesPool, noPool, ...bought })
        const price = parimutuel.price(books, outcome, stake, limits)
        return worstCaseOf(booksWith(books, { outcome, stake, bought: stake, ...price })) === 0n
      })
    )
  })
})

test.group('The books of a market', () => {
  test('say what the house has left whatever the result, bet by bet', () => {
    const bets = fc.array(fc.tuple(anOutcome, aStake), { maxLength: 30 })
    fc.assert(
      fc.property(bets, theLimits, (staked, limits) => {
        let books = emptyBooks()
        const taken = staked.map(([outcome, stake]) => {
          const bet = { outcome, stake, bought: stake, ...fixed.price(books, outcome, stake, limits) }
          books = booksWith(books, bet)
          return bet
        })
        const results = OUTCOMES.map((result) => {
          const owed = sum(taken.filter(({ outcome }) => outcome === result).map(({ potential }) => potential))
          return sum(taken.map(({ stake }) => stake)) - owed
        })
        const worst = results.reduce((least, result) => (result < least ? result : least), 0n)
        return (
          OUTCOMES.every((result, i) => houseResultIf(result, books) === results[i]) && worstCaseOf(books) === -worst
        )
      })
    )
  })

  for (const pricing of PRICING_MODES) {
    test(`say what is left of bought points whatever the result, bet by bet: ${pricing}`, () => {
      const bets = fc.array(fc.tuple(anOutcome, aStake, fc.bigInt({ min: 0n, max: 100n })), { maxLength: 30 })
      fc.assert(
        fc.property(bets, theLimits, (staked, limits) => {
          let books = emptyBooks({ pricing, feePoints: limits.feePoints })
          const taken: Taken[] = staked.map(([outcome, stake, percent]) => {
            const bet = { outcome, stake, bought: (stake * percent) / 100n }
            const price = pricingOf(pricing).price(books, outcome, stake, limits)
            books = booksWith(books, { ...bet, ...price })
            return { customer: 0, market: 0, ...bet, potential: price.potential }
          })
          return OUTCOMES.every((result) => {
            const rest = -boughtResultIf(result, books) - gainOf(taken, result, pricing, limits.feePoints).bought
            // Each share of a pool is rounded down by itself, twice.
            return pricing === 'fixed_odds' ? rest === 0n : rest >= 0n && rest <= 2n * BigInt(taken.length)
          })
        })
      )
    })
  }

  test('hold granted stakes against no bought win', ({ assert }) => {
    const granted = { outcome: 'NO', stake: 1_000_000n, bought: 0n, odds: 200, potential: 2_000_000n } as const
    const bought = { outcome: 'YES', stake: 111_100n, bought: 111_100n, odds: 1000, potential: 1_111_000n } as const
    const books = booksWith(booksWith(emptyBooks(), granted), bought)
    assert.equal(houseResultIf('YES', books), 100n)
    assert.equal(boughtResultIf('YES', books), -999_900n)
    assert.equal(worstCaseOf(books), 999_900n)
    assert.equal(worstCaseOf(booksWith(emptyBooks(), granted)), 1_000_000n)
  })

  test('count a pool without a fee of its own as one without any', ({ assert }) => {
    const books = emptyBooks({ pricing: 'parimutuel', yesPool: 100n, noPool: 900n, yesBought: 100n })
    assert.equal(worstCaseOf(books), 900n)
    assert.equal(worstCaseOf({ ...books, feePoints: 1000 }), 800n)
  })

  test('give back a pool that nobody wins', ({ assert }) => {
    const books = emptyBooks({ pricing: 'parimutuel', yesPool: 100n, yesBought: 100n })
    assert.equal(boughtResultIf('NO', books), 0n)
  })

  test('the largest stake passes and a unit more does not', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 1000n),
        fc.bigInt(1n, 10n ** 15n),
        fc.bigInt(0n, 10n ** 15n),
        (least, refused, limit) => {
          const found = largestStake(least, refused, (stake) => stake <= limit)
          if (found === null) return least > limit || least >= refused
          return found >= least && found < refused && found <= limit && (found === limit || found === refused - 1n)
        }
      )
    )
  })
})

const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n)

const of = (bets: Array<['YES' | 'NO', bigint]>, side: 'YES' | 'NO') =>
  bets.filter(([outcome]) => outcome === side).map(([, stake]) => stake)

const without = ({ yesPool, noPool }: { yesPool: bigint; noPool: bigint }, outcome: 'YES' | 'NO', stake: bigint) =>
  outcome === 'YES' ? { yesPool: yesPool - stake, noPool } : { yesPool, noPool: noPool - stake }
