import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import type { Result } from '#core/result'
import type Customer from '#customers/models/customer'
import { Ledger } from '#ledger/ledger'
import type Market from '#markets/models/market'
import { customerExposure, globalExposure, marketExposure } from '#markets/settings'
import { verifyMarkets } from '#markets/verify/verify_markets'
import { MarketsWorld, pred } from '#tests/support/markets/world'

const world = new MarketsWorld()

const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal)

const faults = () => Array.fromAsync(verifyMarkets({ markets: 0, positions: 0, bets: 0, bettors: 0 }))

/** Somebody else's transaction is about to change the granted points that a bet reads before it pays. */
async function expecting(free: string, bet: () => Promise<Result<any>>) {
  const ledger = await app.container.make(Ledger)
  app.container.swap(Ledger, () => Object.assign(Object.create(ledger) as Ledger, { balance: async () => pred(free) }))
  try {
    return await bet()
  } finally {
    app.container.restore(Ledger)
  }
}

test.group('Bought points', (group) => {
  let granted: Customer
  let bought: Customer
  let other: Customer

  group.each.setup(async () => {
    await world.setup()
    granted = await world.customer({ bought: '0', free: '5000' })
    bought = await world.customer({ bought: '5000' })
    other = await world.customer({ bought: '5000' })
    return () => world.teardown()
  })

  test('are counted apart in the books of a market', async ({ assert }) => {
    const [mixed, market] = [await world.customer({ bought: '60', free: '40' }), await world.market()]
    await world.taken(mixed, market, 'YES', '70.01')
    await world.taken(granted, market, 'NO', 100)
    await market.refresh()
    // Of 140.02 that YES pays, 30.01 / 70.01 are bought.
    assert.containSubset(market.toJSON(), { yesBought: 3001n, noBought: 0n, yesBoughtPotential: 6002n })
    assert.containSubset(market.toJSON(), { noBoughtPotential: 0n, exposure: market.worstCase })
    assert.isEmpty(await faults())
  })

  test('are not won with granted ones beyond the limit of a market', async ({ assert }) => {
    const market = await world.market({ exposureLimit: 100_000n })
    await world.taken(granted, market, 'NO', 1000)
    await world.taken(bought, market, 'YES', 100)
    await market.refresh()
    // YES pays 1000 for the 100: of all points the house would be left with 100.
    assert.equal(market.houseResultIf('YES'), 10_000n)
    assert.equal(market.exposure, 90_000n)

    const quote = await world.quote(other, market, 'YES', 100)
    const bet = await world.bet(other, market, 'YES', 100, { shownOdds: 100 })
    assert.deepEqual(refusalOf(bet), refusalOf(quote))
    assert.containSubset(refusalOf(bet), { code: 'market_exposure_limit', params: { possible: 'yes' } })
    await world.taken(other, market, 'YES', String(refusalOf(bet)!.params!.most))
    await market.refresh()
    assert.isAtMost(Number(market.exposure), 100_000)
    assert.equal(await world.houseExposure(), market.exposure)
    assert.isEmpty(await faults())
  })

  test('let granted stakes through where bought ones are refused', async ({ assert }) => {
    const [market, second] = [await world.market({ exposureLimit: 100_000n }), await world.customer({ free: '100' })]
    await world.taken(granted, market, 'NO', 1000)
    await world.taken(bought, market, 'YES', 100)
    const [ofBought, ofGranted] = [
      await world.quote(other, market, 'YES', 100),
      await world.quote(second, market, 'YES', 100),
    ]
    assert.deepEqual([ofBought.ok, ofGranted.ok], [false, true])
    await world.taken(second, market, 'YES', 100)
    await market.refresh()
    assert.equal(market.exposure, 90_000n)
  })

  test('are not won with granted ones beyond the limits where the pool pays', async ({ assert }) => {
    await world.set(customerExposure, '1')
    await world.set(marketExposure, '500')
    const market = await world.market({ pricing: 'parimutuel', feePoints: 500 })
    await world.taken(granted, market, 'NO', 1000)
    const params = { limit: '500.00', most: '0.00', possible: 'no' }
    // 959.50 of 1010 would be the winner's.
    const refused = await world.bet(bought, market, 'YES', 10, { shownOdds: 100 })
    assert.deepEqual(refusalOf(refused), { code: 'market_exposure_limit', params })

    await world.set(marketExposure, '1000')
    await world.taken(bought, market, 'YES', 10)
    await market.refresh()
    assert.equal(market.exposure, 94_950n)
    assert.equal(await world.houseExposure(), 94_950n)
    await world.set(globalExposure, '500')
    const more = await world.bet(granted, market, 'NO', 10, { shownOdds: 0 })
    assert.containSubset(refusalOf(more), { code: 'global_exposure_limit' })
    await world.taken(other, market, 'NO', 100, { shownOdds: 0 })
    assert.isEmpty(await faults())
  })

  const entered = (market: Market) => market.toJSON()

  test('are those that were paid, whatever was expected', async ({ assert }) => {
    const [mixed, market] = [await world.customer({ bought: '60', free: '40' }), await world.market()]
    for (const free of ['0', '40.01', '100']) {
      const bet = await expecting(free, () => world.bet(mixed, market, 'YES', 5, { shownOdds: 100 }))
      assert.containSubset(bet, { ok: true, value: { granted: 500n, bought: 0n } })
    }
    await expecting('0', () => world.bet(mixed, market, 'YES', 50, { shownOdds: 100 }))
    await market.refresh()
    assert.containSubset(entered(market), { yesBets: 4, bettors: 1, yesPool: 6500n, yesBought: 2500n })
    assert.equal(market.exposure, market.worstCase)
    assert.equal(await world.houseExposure(), market.exposure)
    assert.isEmpty(await faults())
    assert.isEmpty(await world.ledgerFaults())
  })

  test('are judged again once they are known, and nothing stays of what they refuse', async ({ assert }) => {
    const market = await world.market({ exposureLimit: 100_000n })
    await world.taken(granted, market, 'NO', 1000)
    await world.taken(bought, market, 'YES', 100)
    await market.refresh()
    const before = entered(market)
    const refused = await expecting('5000', () => world.bet(other, market, 'YES', 100, { shownOdds: 100 }))
    assert.containSubset(refusalOf(refused), { code: 'market_exposure_limit', params: { possible: 'yes' } })
    await market.refresh()
    assert.deepEqual(entered(market), before)
    assert.deepEqual(await world.purse(other), { bought: 500_000n, free: 0n })
    assert.equal(await world.houseExposure(), market.exposure)
  })
})
