import { test } from '@japa/runner'
import type { Result } from '#core/result'
import { CloseMarket } from '#markets/actions/close_market'
import Bet from '#markets/models/bet'
import { customerExposure, customerStake, globalExposure, marketExposure } from '#markets/settings'
import { verifyMarkets } from '#markets/verify/verify_markets'
import { freshKey, grant } from '#tests/support/ledger'
import { ADMIN, MarketsWorld, pred } from '#tests/support/markets/world'

const world = new MarketsWorld()

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))

const codes = (results: Array<Result<unknown>>) => {
  const counts: Record<string, number> = {}
  for (const result of results) {
    const code = result.ok ? 'taken' : result.refusal.code
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

/** So much bought on NO, at odds of 1.00: bets on YES are taken at good odds for a while. */
const oneSided = (no: bigint) =>
  world.market({
    ...{ noPool: no, noPotential: no, noBets: 1, bettors: 1 },
    ...{ noBought: no, noBoughtPotential: no },
  })

const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n)

test.group('Bets at the same time', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('of 50 with money for one, exactly one is taken', async ({ assert }) => {
    const customer = await world.customer({ bought: '10', free: '5' })
    const markets = await times(5, () => world.market())
    const results = await times(50, (index) => world.bet(customer, markets[index % 5], 'YES', '15', { shownOdds: 100 }))

    assert.deepEqual(codes(results), { taken: 1, insufficient_funds: 49 })
    assert.deepEqual(await world.purse(customer), { bought: 0n, free: 0n })
    assert.equal(await world.houseBalance(), 1500n)
    assert.containSubset(await world.bettor(customer), { bets: 1, openBets: 1, exposure: 1500n })
    assert.deepEqual(await world.ledgerFaults(), [])
  })

  test('of 20 presses of one button, one bet is made', async ({ assert }) => {
    const [customer, market, key] = [await world.customer(), await world.market(), freshKey()]
    const results = await times(20, () => world.bet(customer, market, 'YES', 10, { key, shownOdds: 100 }))

    const references = new Set(results.map((result) => result.ok && result.value.reference))
    assert.lengthOf([...references], 1)
    assert.lengthOf(await Bet.all(), 1)
    assert.equal(await world.houseBalance(), 1000n)
  })

  test('of 20 uses of one key for different markets, one bet is made', async ({ assert }) => {
    const [customer, key] = [await world.customer(), freshKey()]
    const markets = await times(20, () => world.market())
    const results = await times(20, (index) => world.bet(customer, markets[index], 'YES', 10, { key, shownOdds: 100 }))

    assert.deepEqual(codes(results), { taken: 1, idempotency_conflict: 19 })
    assert.lengthOf(await Bet.all(), 1)
  })

  for (const [setting, code, pool] of [
    [marketExposure, 'market_exposure_limit', 1_000_000n],
    [globalExposure, 'global_exposure_limit', 100_000n],
  ] as const) {
    test(`never pass the limit that refuses with ${code}`, async ({ assert }) => {
      await world.set(setting, '1000')
      const customers = await times(10, () => world.customer())
      const markets = await times(4, () => oneSided(pool))
      const results = await times(60, (index) => {
        const market = setting === marketExposure ? markets[0] : markets[index % 4]
        return world.bet(customers[index % 10], market, 'YES', 20 + index, { shownOdds: 100 })
      })

      assert.sameMembers(Object.keys(codes(results)), ['taken', code])
      for (const market of markets) await market.refresh()
      const exposures = markets.map(({ exposure }) => exposure)
      assert.equal(await world.houseExposure(), sum(exposures))
      assert.isTrue(sum(exposures) <= 100_000n)
      assert.isTrue(sum(exposures) > 50_000n)
      for (const market of markets) assert.equal(market.worstCase, market.exposure)
    })
  }

  test('never pass the limit of a customer, over all markets', async ({ assert }) => {
    await world.set(customerExposure, '100')
    const [customer, markets] = [await world.customer(), await times(8, () => oneSided(100_000n))]
    const results = await times(40, (index) => world.bet(customer, markets[index % 8], 'YES', 1, { shownOdds: 100 }))

    assert.sameMembers(Object.keys(codes(results)), ['taken', 'customer_exposure_limit'])
    const bets = await Bet.query().where('customerId', customer.id)
    const { exposure } = await world.bettor(customer)
    assert.equal(exposure, sum(bets.map((bet) => bet.potential - bet.stake)))
    assert.isTrue(exposure <= 10_000n)
  })

  test('never pass what a customer may stake in one market', async ({ assert }) => {
    await world.set(customerStake, '100')
    const [customer, market] = [await world.customer(), await world.market()]
    const results = await times(20, () => world.bet(customer, market, 'YES', 15, { shownOdds: 100 }))

    assert.deepEqual(codes(results), { taken: 6, customer_stake_limit: 14 })
    assert.containSubset(await world.position(customer, market), { stake: 9000n })
  })

  test('and points granted meanwhile: the books count as bought what was paid so', async ({ assert }) => {
    const customers = await times(4, () => world.customer())
    const markets = [await world.market(), await world.market({ pricing: 'parimutuel', feePoints: 500 })]
    const [results] = await Promise.all([
      times(24, (index) => world.bet(customers[index % 4], markets[index % 2], 'YES', 3, { shownOdds: 0 })),
      times(24, (index) => grant(customers[index % 4].id, pred(2))),
    ])

    assert.deepEqual(codes(results), { taken: 24 })
    for (const market of markets) {
      await market.refresh()
      const bets = await Bet.query().where('marketId', market.id)
      assert.equal(market.yesBought, sum(bets.map(({ bought }) => bought)))
    }
    assert.isEmpty(await Array.fromAsync(verifyMarkets({ markets: 0, positions: 0, bets: 0, bettors: 0 })))
  })

  test('bet on one side only, whichever comes first', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market()]
    const results = await times(10, (index) =>
      world.bet(customer, market, index % 2 ? 'YES' : 'NO', 10, { shownOdds: 100 })
    )

    assert.deepEqual(codes(results), { taken: 5, other_side: 5 })
    await market.refresh()
    assert.equal(market.yesPool * market.noPool, 0n)
  })

  test('and a market that closes: what was taken is in its pools, the rest was refused', async ({ assert }) => {
    const customers = await times(8, () => world.customer())
    const market = await world.market()
    const action = await world.make(CloseMarket)
    const bets = times(40, (index) => world.bet(customers[index % 8], market, 'YES', 10, { shownOdds: 100 }))
    const [results, closed] = await Promise.all([
      bets,
      action.handle({ marketId: market.id, reason: 'Over', actor: ADMIN }),
    ])

    assert.isTrue(closed.ok)
    const { taken = 0, market_not_open: refused = 0 } = codes(results)
    assert.equal(taken + refused, 40)
    await market.refresh()
    assert.containSubset(market.toJSON(), { status: 'closed', yesBets: taken, yesPool: BigInt(taken) * 1000n })
    assert.equal(await world.houseBalance(), BigInt(taken) * 1000n)
    assert.deepEqual(codes([await world.bet(customers[0], market, 'YES', 10, { shownOdds: 100 })]), {
      market_not_open: 1,
    })
  })
})
