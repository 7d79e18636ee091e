import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Result } from '#core/result'
import { BetQuotes } from '#markets/betting/bet_quotes'
import {
  customerExposure,
  customerStake,
  globalExposure,
  marketExposure,
  marketsEnabled,
  maxStake,
  minStake,
} from '#markets/settings'
import { accepted, MarketsWorld, pred } from '#tests/support/markets/world'
import { SECOND } from '#tests/support/test_clock'

const world = new MarketsWorld()

const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal)

/** The quote and the bet say the same, and nothing is left of the bet. */
async function refusals(...[customer, market, outcome, stake]: Parameters<MarketsWorld['quote']>) {
  const quoted = refusalOf(await world.quote(customer, market, outcome, stake))
  const before = await db.from('bets')
  const refused = refusalOf(await world.bet(customer, market, outcome, stake, { shownOdds: 100 }))
  const after = await db.from('bets')
  if (after.length > before.length) throw new Error('A bet was taken')
  return { quoted, refused }
}

test.group('Bets that are refused', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('while markets are off', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market()]
    await world.set(marketsEnabled, false)
    const { quoted, refused } = await refusals(customer, market, 'YES', 10)
    assert.equal(quoted?.code, 'markets_off')
    assert.equal(refused?.code, 'markets_off')
  })

  for (const [status, code] of [
    ['draft', 'market_not_found'],
    ['closed', 'market_not_open'],
    ['resolved', 'market_not_open'],
    ['cancelled', 'market_not_open'],
  ] as const) {
    test(`on a market that is ${status}`, async ({ assert }) => {
      const [customer, market] = [await world.customer(), await world.market({ status })]
      const { quoted, refused } = await refusals(customer, market, 'YES', 10)
      assert.equal(quoted?.code, code)
      assert.deepEqual(refused, quoted)
      if (code === 'market_not_open') assert.deepEqual(refused?.params, { status })
    })
  }

  test('on a market that does not exist', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market()]
    market.reference = 'NOSUCHONE0'
    const { quoted, refused } = await refusals(customer, market, 'YES', 10)
    assert.equal(quoted?.code, 'market_not_found')
    assert.equal(refused?.code, 'market_not_found')
  })

  test('from the end date on, and not a millisecond earlier', async ({ assert }) => {
    const endsAt = world.clock.now() + 5 * SECOND
    const [customer, market] = [await world.customer(), await world.market({ endsAt })]
    world.clock.moveTo(endsAt - 1)
    await world.taken(customer, market, 'YES', 10)
    world.clock.moveTo(endsAt)
    const { quoted, refused } = await refusals(customer, market, 'YES', 10)
    assert.equal(quoted?.code, 'market_ended')
    assert.equal(refused?.code, 'market_ended')
  })

  test('of a banned customer, and of nobody', async ({ assert }) => {
    const market = await world.market()
    const banned = await world.customer({ bannedAt: 1 })
    for (const refusal of Object.values(await refusals(banned, market, 'YES', 10)))
      assert.equal(refusal?.code, 'customer_banned')
    const nobody = await world.customer({ bought: '0' })
    await nobody.delete()
    for (const refusal of Object.values(await refusals(nobody, market, 'YES', 10)))
      assert.equal(refusal?.code, 'customer_not_found')
  })

  for (const [stake, code, params] of [
    ['0', 'stake_too_small', { min: '5.00' }],
    ['4.99', 'stake_too_small', { min: '5.00' }],
    ['100.01', 'stake_too_large', { max: '100.00' }],
  ] as const) {
    test(`of ${stake} PRED where 5 to 100 are taken`, async ({ assert }) => {
      const [customer, market] = [await world.customer(), await world.market()]
      await world.set(minStake, '5')
      await world.set(maxStake, '100')
      for (const refusal of Object.values(await refusals(customer, market, 'YES', stake)))
        assert.deepEqual(refusal, { code, params })
      await world.taken(customer, market, 'YES', 5)
      await world.taken(customer, market, 'YES', 100)
    })
  }

  test('of a stake below zero', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market()]
    const result = await world.bet(customer, market, 'YES', 1, { stake: pred(5).negate(), shownOdds: 100 })
    assert.deepEqual(refusalOf(result), { code: 'stake_too_small', params: { min: '1.00' } })
  })

  test('above what the market itself takes', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market({ maxStake: 2000n })]
    for (const refusal of Object.values(await refusals(customer, market, 'YES', '20.01')))
      assert.deepEqual(refusal, { code: 'stake_too_large', params: { max: '20.00' } })
    const quotes = await world.make(BetQuotes)
    const range = await quotes.range(market, customer.id)
    assert.deepEqual(Object.values(range).map(String), ['1.00 PRED', '20.00 PRED', '20.00 PRED', '1000.00 PRED'])
  })

  test('above what a customer may stake in one market altogether, whichever way it pays')
    .with(['fixed_odds', 'parimutuel'] as const)
    .run(async ({ assert }, pricing) => {
      const [customer, market, other] = [await world.customer(), await world.market({ pricing }), await world.market()]
      const quotes = await world.make(BetQuotes)
      await world.set(customerStake, '100')
      await world.set(maxStake, '80')
      await world.taken(customer, market, 'YES', 70)
      for (const stake of ['30.01', '80', '500']) {
        const params = { limit: '100.00', most: '30.00', possible: 'yes' }
        for (const refusal of Object.values(await refusals(customer, market, 'YES', stake)))
          assert.deepEqual(refusal, { code: 'customer_stake_limit', params })
      }
      const some = await quotes.range(market, customer.id)
      assert.deepEqual([some.ofBet, some.most].map(String), ['80.00 PRED', '30.00 PRED'])

      await world.taken(customer, market, 'YES', '29.50', { shownOdds: 1 })
      const params = { limit: '100.00', most: '0.00', possible: 'no' }
      for (const refusal of Object.values(await refusals(customer, market, 'YES', 1)))
        assert.deepEqual(refusal, { code: 'customer_stake_limit', params })
      await world.set(customerStake, '50')
      const none = await quotes.range(market, customer.id)
      assert.equal(String(none.most), '0.00 PRED')
      await world.taken(customer, other, 'YES', 50)
      await world.taken(await world.customer(), market, 'NO', 50)
    })

  test('on the other side of what the customer has', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market()]
    await world.taken(customer, market, 'YES', 10)
    for (const refusal of Object.values(await refusals(customer, market, 'NO', 10)))
      assert.deepEqual(refusal, { code: 'other_side', params: { outcome: 'YES' } })
  })

  test('above the balance', async ({ assert }) => {
    const [customer, market] = [await world.customer({ bought: '6', free: '3.99' }), await world.market()]
    for (const refusal of Object.values(await refusals(customer, market, 'YES', 10)))
      assert.deepInclude(refusal, { code: 'insufficient_funds' })
    await world.taken(customer, market, 'YES', '9.99')
  })
})

test.group('Exposure limits', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  for (const [setting, code] of [
    [customerExposure, 'customer_exposure_limit'],
    [marketExposure, 'market_exposure_limit'],
    [globalExposure, 'global_exposure_limit'],
  ] as const) {
    test(`${code} names the largest stake that is still taken`, async ({ assert }) => {
      const [customer, market] = [await world.customer(), await world.market()]
      await world.set(setting, '300')
      const params = { limit: '300.00', most: '300.00', possible: 'yes' }
      for (const refusal of Object.values(await refusals(customer, market, 'YES', 500)))
        assert.deepEqual(refusal, { code, params })
      for (const refusal of Object.values(await refusals(customer, market, 'YES', '300.01')))
        assert.deepEqual(refusal, { code, params })
      await world.taken(customer, market, 'YES', 300)
      assert.isAtMost(Number(await world.houseExposure()), 30_000)
    })
  }

  test('say so when no stake at all is taken', async ({ assert }) => {
    const [anna, borys] = [await world.customer(), await world.customer()]
    const [market, other] = [await world.market(), await world.market()]
    await world.set(globalExposure, '300')
    await world.taken(anna, market, 'YES', 300)
    const params = { limit: '300.00', most: '0.00', possible: 'no' }
    for (const refusal of Object.values(await refusals(borys, other, 'YES', 100)))
      assert.deepEqual(refusal, { code: 'global_exposure_limit', params })
  })

  test('let through what lowers the exposure', async ({ assert }) => {
    const [anna, borys, market] = [await world.customer(), await world.customer(), await world.market()]
    await world.taken(anna, market, 'YES', 300)
    await world.set(marketExposure, '10')
    await world.set(globalExposure, '10')
    await world.taken(borys, market, 'NO', 100)
    assert.equal(await world.houseExposure(), 20_000n)
  })

  test('a market may have one of its own', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market({ exposureLimit: 5000n })]
    const { refused } = await refusals(customer, market, 'YES', 51)
    assert.deepInclude(refused, { code: 'market_exposure_limit' })
    await world.taken(customer, market, 'YES', 50)
  })

  test('do not bind bought stakes where the pool pays', async ({ assert }) => {
    const [customer, market] = [await world.customer(), await world.market({ pricing: 'parimutuel' })]
    for (const setting of [customerExposure, marketExposure, globalExposure]) await world.set(setting, '1')
    assert.isTrue(accepted(await world.quote(customer, market, 'YES', 500)).stake.equals(pred(500)))
    await world.taken(customer, market, 'YES', 500)
  })
})
