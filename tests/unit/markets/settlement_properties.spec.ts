import fc from 'fast-check'
import { test } from '@japa/runner'
import { transaction } from '#core/database/transaction'
import type Customer from '#customers/models/customer'
import { system } from '#ledger/accounts'
import type Market from '#markets/models/market'
import { decisionOf, settle } from '#markets/settlement/payout'
import { PRICING_MODES, type Outcome, type PricingMode } from '#markets/values'
import { freshKey, ledgerOf } from '#tests/support/ledger'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { pred } from '#tests/support/markets/world'

const anyStake = fc.bigInt({ min: 1n, max: 10n ** 12n })
const anyOutcome = fc.constantFrom<Outcome>('YES', 'NO')

test.group('Shares of a pool', () => {
  test('winners never get more than the pool less its fee, and rounding leaves less than a unit each', ({ assert }) => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ outcome: anyOutcome, stake: anyStake }), { minLength: 1 }),
        anyOutcome,
        fc.nat(5000),
        (bets, result, points) => {
          const poolOf = (side: Outcome) =>
            bets.filter((bet) => bet.outcome === side).reduce((sum, { stake }) => sum + stake, 0n)
          const pools = { yesPool: poolOf('YES'), noPool: poolOf('NO') }
          const pool = pools.yesPool + pools.noPool
          const shared = pool - (pool * BigInt(points)) / 10_000n
          const decision = decisionOf(pools, result, shared)
          const settled = bets.map((bet) => settle({ ...bet, potential: 0n }, decision))
          const paid = settled.reduce((sum, { payout }) => sum + payout, 0n)
          if (poolOf(result) === 0n) assert.equal(paid, pool)
          else {
            assert.isTrue(paid <= shared)
            assert.isTrue(shared - paid < BigInt(bets.length))
          }
        }
      )
    )
  })
})

interface Step {
  who: number
  outcome: Outcome
  stake: number
}

interface Story {
  pricing: PricingMode
  funds: Array<{ bought: number; free: number }>
  bets: Step[]
  results: Outcome[]
  /** What customers spend elsewhere after each settlement, in parts of a hundred of what they have. */
  spent: number[]
}

const story: fc.Arbitrary<Story> = fc.record({
  pricing: fc.constantFrom(...PRICING_MODES),
  funds: fc.array(fc.record({ bought: fc.integer({ min: 0, max: 90 }), free: fc.integer({ min: 1, max: 90 }) }), {
    ...{ minLength: 3, maxLength: 3 },
  }),
  bets: fc.array(fc.record({ who: fc.nat(2), outcome: anyOutcome, stake: fc.integer({ min: 100, max: 6000 }) }), {
    ...{ minLength: 1, maxLength: 6 },
  }),
  results: fc.tuple(anyOutcome, anyOutcome),
  spent: fc.array(fc.nat(100), { minLength: 3, maxLength: 3 }),
})

test.group('Settlements of any bets', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const spend = async (customer: Customer, percent: number) => {
    const { bought, free } = await world.purse(customer)
    const amount = ((bought + free) * BigInt(percent)) / 100n
    if (amount === 0n) return 0n
    const ledger = await ledgerOf()
    const actor = { type: 'system' as const, id: null, name: 'system' }
    const input = { kind: 'purchase' as const, key: freshKey(), customerId: customer.id, actor }
    const money = pred(`${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`)
    await transaction((trx) => ledger.spend(trx, { ...input, amount: money, to: system('revenue', 'PRED') }))
    return amount
  }
  const given = async ({ pricing, funds, bets }: Story) => {
    const market = await world.market({ pricing })
    const customers: Customer[] = []
    for (const { bought, free } of funds) {
      customers.push(await world.customer({ bought: String(bought), free: String(free) }))
    }
    for (const { who, outcome, stake } of bets) {
      await world.bet(
        customers[who],
        market,
        outcome,
        `${Math.floor(stake / 100)}.${String(stake % 100).padStart(2, '0')}`
      )
    }
    return { market, customers }
  }
  /** What each has, less what each owes: bought and granted points apart. */
  const worth = (customers: Customer[]) =>
    Promise.all(
      customers.map(async (customer) => {
        const { bought, free, owed, owedFree } = await world.points(customer)
        return [bought + owed, free + owedFree]
      })
    )
  const settled = (market: Market, result: Outcome) => world.done(world.resolve(market, result))

  test('a reversal restores every balance to the unit when nobody has spent anything', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { market } = await given(told)
        const before = await world.balances()
        for (const result of told.results) {
          await settled(market, result)
          await world.done(world.reverse(market))
          assert.deepEqual(await world.balances(), before)
        }
        await world.done(world.cancel(market))
        await world.done(world.reverse(market))
        assert.deepEqual(await world.balances(), before)
        assert.isEmpty(await world.ledgerFaults())
      }),
      { numRuns: 12 }
    )
  }).timeout(120_000)

  test('when they have, it leaves what is missing as a debt of the same sort, which the next win pays first', async ({
    assert,
  }) => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { market, customers } = await given(told)
        const before = await worth(customers)
        await settled(market, told.results[0])
        const paid = await worth(customers)
        const spent: bigint[] = []
        for (const [place, customer] of customers.entries()) spent.push(await spend(customer, told.spent[place]))

        const reversal = await world.done(world.reverse(market))
        const after = await worth(customers)
        let owed = 0n
        for (const [place, customer] of customers.entries()) {
          const points = await world.points(customer)
          owed -= points.owed + points.owedFree
          assert.equal(sum(after[place]), sum(before[place]) - spent[place])
          if (points.owed < 0n) assert.equal(points.bought, 0n)
          if (points.owedFree < 0n) assert.equal(points.free, 0n)
        }
        assert.equal(reversal.owed, owed)

        await settled(market, told.results[0])
        const again = await worth(customers)
        for (const [place, customer] of customers.entries()) {
          assert.equal(sum(again[place]), sum(paid[place]) - spent[place])
          const points = await world.points(customer)
          assert.deepEqual([points.owed, points.owedFree], [0n, 0n])
        }
        assert.isEmpty(await world.ledgerFaults())
      }),
      { numRuns: 12 }
    )
  }).timeout(120_000)

  test('what customers get and what the house keeps is what they staked', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { market } = await given(told)
        const house = await world.houseBalance()
        const fees = await world.fees()
        const settlement = await settled(market, told.results[0])
        await market.refresh()
        const bets = await world.bets(market)
        const paid = bets.reduce((total, { payout }) => total + payout!, 0n)
        assert.deepEqual([settlement.payout, settlement.donePayout], [paid, paid])
        assert.equal(house - (await world.houseBalance()), paid + (await world.fees()) - fees)
        if (told.pricing === 'parimutuel') assert.equal((await world.fees()) - fees, settlement.staked - paid)
        else assert.equal(await world.fees(), fees)
        assert.isEmpty(bets.filter(({ status }) => status === 'open'))
      }),
      { numRuns: 12 }
    )
  }).timeout(120_000)
})

const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
